/** How many requests a user may make (semantics 12): for each user, over all relays, in a window that moves. */
import { Failure } from '../failure/failure.ts';
import type { RelayGuards } from '../gql/types.gen.ts';

export interface Limit {
  /** 0: any number. */
  readonly total: number;
  readonly success: number;
  readonly windowMs: number;
}

/** The entry of the group, else the one for all groups; undefined: nothing is limited, and nothing counted. */
export function limitFor({ modelLimits, modelLimitMinutes }: RelayGuards, group: string): Limit | undefined {
  if (modelLimits.length === 0) return undefined;
  const entry = modelLimits.find((one) => one.group === group) ?? modelLimits.find((one) => one.group === '');
  return entry && (entry.total > 0 || entry.success > 0) ? { total: entry.total, success: entry.success, windowMs: modelLimitMinutes * 60_000 } : undefined;
}

/** What a count says: it was taken, or which limit is full and how long that lasts. */
export type Counted = { readonly slot: number } | { readonly full: 'total' | 'success'; readonly waitMs: number };

export interface LimitCounter {
  /** Counts one request, which counts as answered until it is taken back. Undefined: the counter is away. */
  take(userId: number, limit: Limit): Promise<Counted | undefined>;
  /** It was not answered after all. */
  takeBack(userId: number, slot: number): void;
}

/** Takes back what was counted as answered. */
export interface Grant { failed(): void }

/** Counts over the fleet; while that is away each relay counts its own share: never unlimited (LIM-04). */
export class ModelLimits {
  private readonly shared: LimitCounter;
  private readonly own: LimitCounter;
  /** Relays that share the work, as far as is known. */
  private readonly relays: () => number;

  constructor(shared: LimitCounter, own: LimitCounter, relays: () => number) {
    this.shared = shared;
    this.own = own;
    this.relays = relays;
  }

  /** Failure: `rate_limit_exceeded`, in the words of the limit that is full. */
  async ask(userId: number, limit: Limit): Promise<Grant | Failure> {
    const shared = await this.shared.take(userId, limit);
    const counter = shared ? this.shared : this.own, counted = shared ?? await this.own.take(userId, shareOf(limit, this.relays()));
    if (!counted) return new Failure('rate_limit_exceeded', { retryAfterSeconds: 1 });
    if ('slot' in counted) return { failed: () => counter.takeBack(userId, counted.slot) };
    const minutes = limit.windowMs / 60_000, most = limit[counted.full];
    const what = counted.full === 'total' ? 'requests' : 'answered requests';
    return new Failure('rate_limit_exceeded', { say: `You have reached the limit of ${most} ${what} in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`, retryAfterSeconds: Math.max(1, Math.ceil(counted.waitMs / 1_000)) });
  }
}

const share = (most: number, relays: number): number => (most === 0 ? 0 : Math.max(1, Math.floor(most / Math.max(1, relays))));
const shareOf = (limit: Limit, relays: number): Limit => ({ ...limit, total: share(limit.total, relays), success: share(limit.success, relays) });
