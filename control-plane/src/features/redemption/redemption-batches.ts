/** Making codes: one key of one maker makes one batch, however often and at once it is asked for. */
import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { refuseKey } from '../../kernel/idempotency-key.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { RedemptionBatch } from './redemption-batch.entity.ts';
import { checkRedemption } from './redemption-check.ts';
import { newCode } from './redemption-code.ts';
import { Redemption } from './redemption.entity.ts';
import type { RedemptionBatchInput } from './redemption.inputs.ts';
import { RedemptionBatchPayload } from './redemption.payloads.ts';

const hashOf = ({ name, count, quota, expiresAt }: RedemptionBatchInput): string =>
  createHash('sha256').update(JSON.stringify([name.trim(), count, String(quota), expiresAt?.toISOString() ?? null])).digest('hex');

/** Undefined when the key was taken in this moment: its batch is readable now. */
async function make(em: EntityManager, ctx: RequestContext, input: RedemptionBatchInput, key: string): Promise<Redemption[] | undefined> {
  const { userId } = callerOf(ctx), createdAt = ctx.clock.now();
  const [batch] = await sqlOf(em)<{ id: number }>(
    'insert into redemption_batch (created_by_id, idempotency_key, input_hash, created_at) values ($1, $2, $3, $4) on conflict do nothing returning id',
    [userId, key, hashOf(input), createdAt],
  );
  if (!batch) return undefined;
  const codes = Array.from({ length: input.count }, () => em.create(Redemption, {
    batchRow: batch.id, code: newCode(), name: input.name.trim(), quota: input.quota, expiresAt: input.expiresAt ?? null, createdAt, createdById: userId,
  }));
  await em.persist(codes).flush();
  return codes;
}

/** What the key made before; a repeat gets the same codes, also those that were changed or deleted since. */
async function earlier(ctx: RequestContext, input: RedemptionBatchInput, key: string): Promise<RedemptionBatchPayload | undefined> {
  const batch = await ctx.em.findOne(RedemptionBatch, { createdById: callerOf(ctx).userId, idempotencyKey: key });
  if (!batch) return undefined;
  if (batch.inputHash !== hashOf(input)) return new RedemptionBatchPayload([], false, [refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REUSED, 'idempotency_key_reused', ['idempotencyKey'])]);
  return new RedemptionBatchPayload(await ctx.em.find(Redemption, { batchRow: batch.id }, { orderBy: { id: 'asc' } }), true);
}

export async function createBatch(ctx: RequestContext, input: RedemptionBatchInput, key: string): Promise<RedemptionBatchPayload> {
  const refusedKey = refuseKey(ctx, key);
  if (refusedKey) return new RedemptionBatchPayload([], false, [refusedKey]);
  const before = await earlier(ctx, input, key);
  if (before) return before;
  const faults = checkRedemption(ctx, input);
  if (faults.any) return new RedemptionBatchPayload([], false, faults.list);
  const made = await ctx.em.fork().transactional((em) => make(em, ctx, input, key));
  return made ? new RedemptionBatchPayload(made, false) : (await earlier(ctx, input, key))!;
}
