/** Why an account cannot pay, in the words of the catalogue. */
import { Failure } from '../failure/failure.ts';
import type { LeaseRefusal } from '../gql/types.gen.ts';
import type { LeaseAccount } from './lease-account.ts';

/** @param available what the authority could still have lent, quota units */
export interface Denial { readonly refusal: LeaseRefusal; readonly need: number; readonly available: number; readonly until: number }

/**
 * An empty account is the caller's matter and a 403 (semantics 2.5). Everything else is ours: a frozen wallet or a relay that
 * was fenced off must not tell a customer that his money is gone.
 */
export function toFailure(account: Pick<LeaseAccount, 'name' | 'free'>, denial: Denial, { need, quotaPerUnit, now }: { need: number; quotaPerUnit: number; now: number }): Failure {
  if (denial.refusal === 'FROZEN' || denial.refusal === 'STALE_EPOCH') {
    return new Failure('quota_authority_unavailable', { note: `${denial.refusal} for ${account.name}`, retryAfterSeconds: 1 });
  }
  // What was lent to this relay and is free belongs to the account as well.
  const left = denial.available + account.free(now), say = `remaining ${dollars(left, quotaPerUnit)}, required ${dollars(need, quotaPerUnit)}.`;
  // Semantics 2.4: a key that is used up is told so, whether its status says it yet or not.
  if (left <= 0 && account.name.startsWith('token:')) return new Failure('insufficient_user_quota', { say: keyUsedUp });
  return account.name.startsWith('token:')
    ? new Failure('pre_consume_token_quota_failed', { say: `The quota of this API key cannot cover this request: ${say}` })
    : new Failure('insufficient_user_quota', { say: `The balance cannot cover this request: ${say}` });
}

export const keyUsedUp = 'The quota of this API key is used up.';

export const authoritySilent = (): Failure => new Failure('quota_authority_unavailable', { retryAfterSeconds: 1 });

/** For people, six places: the smallest price is far below a cent. */
const dollars = (quota: number, quotaPerUnit: number): string => `$${(quota / quotaPerUnit).toFixed(6)}`;
