/** Charges an operation to its caller before it runs, and gives back what it did not need (graphql-design 15). */
import { GraphQLError } from 'graphql';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { OperationCost, Principal, RequestContext } from '../../kernel/context.ts';
import { say } from '../../kernel/words/messages.ts';
import { roles } from '../../kernel/permission.ts';
import type { Measured } from './check-document.ts';
import { executionMs } from './in-time.ts';
import type { BucketSize, CostBucket } from './cost-bucket.ts';

const stranger: BucketSize = { capacity: 500, perSecond: 10 }, user: BucketSize = { capacity: 2_000, perSecond: 50 }, admin: BucketSize = { capacity: 10_000, perSecond: 500 };

export function sizeFor(principal: Principal | undefined): BucketSize {
  if (!principal || principal.credential === 'relay-key') return stranger;
  if (principal.credential === 'integration-key') return { capacity: admin.capacity, perSecond: principal.costPerSecond ?? 200 };
  return principal.role >= roles.admin ? admin : user;
}

/** Every session and token of a user draws on one bucket, every key and every stranger's address on its own. */
function keyOf({ principal, address }: RequestContext): string {
  if (!principal) return `address:${limitKey(address)}`;
  if (principal.credential === 'relay-key') return `token:${principal.tokenId}`;
  return principal.credential === 'integration-key' ? `key:${principal.keyId}` : `user:${principal.userId}`;
}

/** THROTTLED when the bucket has too little left. Either way the context knows what was charged. */
export async function charge(bucket: CostBucket, context: RequestContext, measured: Measured): Promise<GraphQLError | undefined> {
  const { cost: requested, fixed, fields: nodes } = measured, { capacity: limit, perSecond } = sizeFor(context.principal), draw = await bucket.take(keyOf(context), { capacity: limit, perSecond }, requested);
  context.cost = { requested, fixed, nodes, remaining: draw.remaining, limit, perSecond, timeMs: executionMs(context.principal, measured) };
  if (draw.retryAfterMs === undefined) return undefined;
  return new GraphQLError(say('too_many_requests', context.language), { extensions: { code: 'THROTTLED', retryAfterMs: draw.retryAfterMs } });
}

/** Objects of an answer, counted as those of its request were: one point each. */
function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + objectsIn(item), 0);
  return Object.values(value).reduce<number>((sum, item) => sum + objectsIn(item), 1);
}

export interface CostReport { requested: number; actual: number; throttle: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }; paths?: OperationCost['paths'] }

/** What the answer cost, at most what was charged; the rest goes back without anybody waiting for it. */
export function settle(bucket: CostBucket, context: RequestContext, data: unknown): CostReport | undefined {
  const { cost } = context;
  if (!cost) return undefined;
  const actual = Math.min(cost.requested, Math.max(1, cost.fixed + objectsIn(data) - 1)), unused = cost.requested - actual;
  if (unused > 0) {
    cost.remaining = Math.min(cost.limit, cost.remaining + unused);
    void bucket.take(keyOf(context), sizeFor(context.principal), -unused);
  }
  return { requested: cost.requested, actual, throttle: { maximumAvailable: cost.limit, currentlyAvailable: cost.remaining, restoreRate: cost.perSecond }, ...(cost.paths && { paths: cost.paths }) };
}

/** The same for programs that read headers. `reset`: seconds until the bucket is full. */
export function rateHeaders({ cost }: RequestContext): [name: string, value: string][] {
  if (!cost) return [];
  const { limit, remaining, perSecond } = cost;
  return [['ratelimit-limit', String(limit)], ['ratelimit-remaining', String(remaining)], ['ratelimit-reset', String(Math.ceil((limit - remaining) / perSecond))]];
}
