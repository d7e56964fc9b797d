/** Counts in this process. The window moves in thirtieths: what counts is never less than what happened in the whole window. */
import type { Counted, Limit, LimitCounter } from './model-limit.ts';

export const slotsInWindow = 30;
const mostUsers = 100_000;

interface Slot { total: number; success: number }

export class OwnCounter implements LimitCounter {
  private readonly users = new Map<number, Map<number, Slot>>();
  private readonly now: () => number;

  /** @param now milliseconds that only grow */
  constructor(now: () => number) { this.now = now; }

  take(userId: number, { total, success, windowMs }: Limit): Promise<Counted> {
    const width = windowMs / slotsInWindow, slot = Math.floor(this.now() / width), slots = this.slotsOf(userId);
    const sum: Slot = { total: 0, success: 0 };
    for (const [number, counts] of slots) {
      if (number <= slot - slotsInWindow) { slots.delete(number); continue; }
      sum.total += counts.total;
      sum.success += counts.success;
    }
    const oldest = Math.min(...slots.keys()), waitMs = (oldest + slotsInWindow) * width - this.now();
    if (total > 0 && sum.total >= total) return Promise.resolve({ full: 'total', waitMs });
    if (success > 0 && sum.success >= success) return Promise.resolve({ full: 'success', waitMs });
    const counts = slots.get(slot) ?? { total: 0, success: 0 };
    slots.set(slot, { total: counts.total + 1, success: counts.success + 1 });
    return Promise.resolve({ slot });
  }

  takeBack(userId: number, slot: number): void {
    const counts = this.users.get(userId)?.get(slot);
    if (counts && counts.success > 0) counts.success--;
  }

  private slotsOf(userId: number): Map<number, Slot> {
    let slots = this.users.get(userId);
    if (!slots) {
      if (this.users.size >= mostUsers) this.users.clear();
      this.users.set(userId, slots = new Map());
    }
    return slots;
  }
}
