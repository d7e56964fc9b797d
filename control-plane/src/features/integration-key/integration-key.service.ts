import { createHash, randomInt } from 'node:crypto';
import { readRange } from '../../kernel/http/client-address.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import { notFound, Refusals } from '../../kernel/words/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import { OkPayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import { User } from '../user/user.entity.ts';
import { IntegrationKey } from './integration-key.entity.ts';
import { IntegrationKeyPayload, type IntegrationKeyInput } from './integration-key.types.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', length = 48;
const longestName = 50, mostRanges = 100, mostUsers = 1_000, fastest = 1_000;

export const keyStart = 'ik_';
export const hashOfIntegrationKey = (key: string): string => createHash('sha256').update(`integration-key:${key}`).digest('hex');

function newKey(): string {
  let key = keyStart;
  for (let count = 0; count < length; count++) key += alphabet[randomInt(alphabet.length)];
  return key;
}

/** Rows of the users whom the key is to be limited to; null: no limit. A list that is empty would be none either, and is refused. */
async function readScope(ctx: RequestContext, ids: readonly string[] | null | undefined, faults: Refusals): Promise<number[] | null> {
  if (ids == null) return null;
  faults.unless(ids.length > 0 && ids.length <= mostUsers, 'too_many_items', ['input', 'userScope'], UserErrorCode.OUT_OF_RANGE, { min: '1', max: String(mostUsers) });
  const rows = ids.slice(0, mostUsers).map((id) => readId('user', id)), found = new Set((await ctx.em.find(User, { id: { $in: rows }, deletedAt: null }, { fields: ['id'] })).map(({ id }) => id));
  for (const [index, id] of rows.entries()) faults.unless(found.has(id), 'not_found', ['input', 'userScope', String(index)], UserErrorCode.NOT_FOUND);
  return [...new Set(rows)];
}

function check(ctx: RequestContext, { name, permissions, allowIps, expiresAt, costPerSecond }: IntegrationKeyInput): Refusals {
  const faults = new Refusals(ctx), held = callerOf(ctx).permissions;
  faults.unless(name.trim().length > 0, 'name_required', ['input', 'name'], UserErrorCode.REQUIRED);
  faults.unless(name.trim().length <= longestName, 'name_too_long', ['input', 'name'], UserErrorCode.TOO_LONG, { max: String(longestName) });
  faults.unless(permissions.length > 0, 'value_required', ['input', 'permissions'], UserErrorCode.REQUIRED);
  for (const [index, permission] of permissions.entries()) faults.unless(held.includes(permission), 'forbidden', ['input', 'permissions', String(index)], UserErrorCode.NOT_ALLOWED);
  faults.unless((allowIps ?? []).length <= mostRanges, 'too_many_items', ['input', 'allowIps'], UserErrorCode.OUT_OF_RANGE, { max: String(mostRanges) });
  for (const [index, range] of (allowIps ?? []).slice(0, mostRanges).entries()) faults.unless(readRange(range.trim()) !== undefined, 'address_malformed', ['input', 'allowIps', String(index)]);
  faults.unless(!expiresAt || expiresAt > ctx.clock.now(), 'expire_in_past', ['input', 'expiresAt']);
  faults.unless(costPerSecond >= 1 && costPerSecond <= fastest, 'number_range', ['input', 'costPerSecond'], UserErrorCode.OUT_OF_RANGE, { min: '1', max: String(fastest) });
  return faults;
}

export class IntegrationKeyService {
  constructor(private readonly events: Events) {}

  async create(ctx: RequestContext, input: IntegrationKeyInput): Promise<IntegrationKeyPayload> {
    const faults = check(ctx, input), userScopeIds = await readScope(ctx, input.userScope, faults);
    if (faults.any) return new IntegrationKeyPayload(null, null, faults.list);
    const secret = newKey(), now = ctx.clock.now();
    const key = ctx.em.create(IntegrationKey, {
      name: input.name.trim(), prefix: secret.slice(0, 8), keyHash: hashOfIntegrationKey(secret), permissions: [...new Set(input.permissions)],
      allowIps: (input.allowIps ?? []).map((range) => range.trim()), costPerSecond: input.costPerSecond, userScopeIds, createdById: callerOf(ctx).userId, createdAt: now, expiresAt: input.expiresAt ?? null,
    });
    await ctx.em.persist(key).flush();
    return new IntegrationKeyPayload(key, secret);
  }

  /** A second revocation keeps the first time. */
  async revoke(ctx: RequestContext, id: string): Promise<OkPayload> {
    const key = await ctx.em.findOne(IntegrationKey, { id: readId('integrationKey', id) });
    if (!key) return new OkPayload([notFound(ctx)]);
    key.revokedAt ??= ctx.clock.now();
    await ctx.em.flush();
    this.events.publish(callersChanged, key.createdById);
    return new OkPayload();
  }

  list({ em }: RequestContext): Promise<IntegrationKey[]> {
    return em.find(IntegrationKey, {}, { orderBy: { id: 'desc' }, limit: 1_000 });
  }
}
