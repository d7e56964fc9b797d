/** What admins do with codes that exist. A used code is history: only its name may change. */
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { notFound, refusal, staleVersion } from '../../kernel/words/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import { DeletePayload, UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { checkRedemption } from './redemption-check.ts';
import { Redemption, RedemptionStatus } from './redemption.entity.ts';
import type { RedemptionPatch } from './redemption.inputs.ts';
import { RedemptionBulkDeletePayload, RedemptionPayload } from './redemption.payloads.ts';

const refused = (...errors: UserError[]): RedemptionPayload => new RedemptionPayload(null, errors);

/** Works on the row as it is now, not as it was read: a redemption at this moment is either before or after. */
function locked(ctx: RequestContext, id: string, work: (code: Redemption) => UserError | undefined): Promise<RedemptionPayload> {
  return ctx.em.transactional(async (em) => {
    await sqlOf(em)('select from redemption where id = $1 for no key update', [readId('redemption', id)]);
    const code = await em.findOne(Redemption, { id: readId('redemption', id), deletedAt: null }, { refresh: true });
    if (!code) return refused(notFound(ctx));
    const reason = work(code);
    return reason ? refused(reason) : new RedemptionPayload(code);
  });
}

export class RedemptionService {
  async find(ctx: RequestContext, id: string): Promise<Redemption | null> {
    return ctx.em.findOne(Redemption, { id: readId('redemption', id), deletedAt: null });
  }

  async update(ctx: RequestContext, id: string, patch: RedemptionPatch, expectedVersion?: bigint | null): Promise<RedemptionPayload> {
    const faults = checkRedemption(ctx, patch);
    if (faults.any) return refused(...faults.list);
    return locked(ctx, id, (code) => {
      const stale = staleVersion(ctx, code.version, expectedVersion, code);
      if (stale) return stale;
      const changes = (patch.quota != null && patch.quota !== code.quota) || (patch.expiresAt !== undefined && patch.expiresAt?.getTime() !== code.expiresAt?.getTime());
      if (changes && code.status === RedemptionStatus.USED) return refusal(ctx, UserErrorCode.IMMUTABLE, 'redemption_used', ['input']);
      if (patch.name != null) code.name = patch.name.trim();
      if (patch.quota != null) code.quota = patch.quota;
      if (patch.expiresAt !== undefined) code.expiresAt = patch.expiresAt;
      return undefined;
    });
  }

  /** Nobody sets USED by hand, and nothing leads away from it: only redeeming does. */
  setStatus(ctx: RequestContext, id: string, status: RedemptionStatus): Promise<RedemptionPayload> {
    return locked(ctx, id, (code) => {
      if (code.status === status) return undefined;
      if (code.status === RedemptionStatus.USED) return refusal(ctx, UserErrorCode.IMMUTABLE, 'redemption_used', ['status']);
      if (status === RedemptionStatus.USED) return refusal(ctx, UserErrorCode.NOT_ALLOWED, 'field_invalid', ['status']);
      code.status = status;
      return undefined;
    });
  }

  /** Soft: the statement of who redeemed it keeps pointing at it. */
  async delete(ctx: RequestContext, id: string): Promise<DeletePayload> {
    const { redemption, userErrors } = await locked(ctx, id, (code) => {
      code.deletedAt = ctx.clock.now();
      return undefined;
    });
    return new DeletePayload(redemption?.globalId ?? null, userErrors);
  }

  /** Those that nobody can redeem any more: used, disabled, expired. */
  async deleteInvalid(ctx: RequestContext): Promise<RedemptionBulkDeletePayload> {
    const now = ctx.clock.now();
    const [gone] = await sqlOf(ctx.em)<{ count: number }>(
      `with gone as (update redemption set deleted_at = $1, version = version + 1 where deleted_at is null and (status <> 'ENABLED' or expires_at <= $1) returning id)
       select count(*)::int as count from gone`, [now]);
    return new RedemptionBulkDeletePayload(gone!.count);
  }
}
