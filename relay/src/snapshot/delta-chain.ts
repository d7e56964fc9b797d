import type { RelayDelta, RelayHead } from '../gql/types.gen.ts';

/** What a run of deltas comes to: the last word on each key, and the head that it leads to. */
export interface Change {
  readonly head: RelayHead;
  readonly upserts: ReadonlyMap<string, string>;
  readonly removals: ReadonlySet<string>;
}

/** More deltas than this waiting for a missing one: the whole is on its way, and they are not worth the memory. */
const mostWaiting = 1_000;

/** Waiting deltas, found by the version that they apply to: so repeats fall away and reordered ones find their place (CFG-01). */
export class DeltaChain {
  private readonly waiting = new Map<number, RelayDelta>();

  /** False when the delta contradicts itself. */
  offer(delta: RelayDelta): boolean {
    const { base, upserts, removals } = delta;
    if (base === null || base === undefined) return true;
    const keys = new Set([...upserts.map((upsert) => upsert.key), ...removals]);
    if (keys.size !== upserts.length + removals.length || delta.head.version <= base) return false;
    if (this.waiting.size < mostWaiting) this.waiting.set(base, delta);
    return true;
  }

  /** Takes out everything that leads on from `version` without a gap, as one change; forgets what is older. */
  take(version: number): Change | undefined {
    for (const base of this.waiting.keys()) if (base < version) this.waiting.delete(base);
    const upserts = new Map<string, string>(), removals = new Set<string>();
    let head: RelayHead | undefined;
    for (let next = this.waiting.get(version); next; next = this.waiting.get(head.version)) {
      this.waiting.delete(next.base ?? version);
      for (const { key, body } of next.upserts) { upserts.set(key, body); removals.delete(key); }
      for (const key of next.removals) { removals.add(key); upserts.delete(key); }
      head = next.head;
    }
    return head && { head, upserts, removals };
  }
}
