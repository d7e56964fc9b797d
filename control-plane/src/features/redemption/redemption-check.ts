/** What a form about codes may hold; every fault is told, in the language of the caller. */
import type { RequestContext } from '../../kernel/context.ts';
import { largestQuota } from '../../kernel/limits.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';

interface RedemptionFields { name?: string | null; quota?: bigint | null; expiresAt?: Date | null; count?: number }

const mostAtOnce = 100, longestName = 20;

export function checkRedemption(ctx: RequestContext, { name, quota, expiresAt, count }: RedemptionFields): Refusals {
  const faults = new Refusals(ctx), range = UserErrorCode.OUT_OF_RANGE;
  if (name != null) {
    const length = Array.from(name.trim()).length;
    faults.unless(length > 0, 'name_required', ['input', 'name'], UserErrorCode.REQUIRED);
    faults.unless(length <= longestName, 'name_too_long', ['input', 'name'], UserErrorCode.TOO_LONG, { max: String(longestName) });
  }
  if (quota != null) faults.unless(quota > 0n && quota <= largestQuota, 'quota_range', ['input', 'quota'], range, { min: '1', max: String(largestQuota) });
  if (expiresAt != null) faults.unless(expiresAt > ctx.clock.now(), 'expire_in_past', ['input', 'expiresAt'], range);
  if (count !== undefined) faults.unless(count >= 1 && count <= mostAtOnce, 'redemption_count', ['input', 'count'], range, { min: '1', max: String(mostAtOnce) });
  return faults;
}
