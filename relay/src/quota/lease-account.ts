/** The leases of one account in the hands of this relay, and the arithmetic on them. Knows no wire and no disk. */
import type { LeaseDraw, LeaseReturn } from '../gql/types.gen.ts';
import { Demand } from './demand.ts';
import type { Denial } from './refusal.ts';
import type { Waiter } from './waiter.ts';

/** A part of an account lent to this relay. `remaining` is free to be reserved; below zero after an overdraw. */
export interface Lease {
  readonly id: string;
  remaining: number;
  reserved: number;
  /** On the monotonic clock; nothing new is reserved from then on. */
  deadline: number;
}

/** What a reservation holds of one lease. */
export interface Part { readonly lease: Lease; readonly amount: number }

export class LeaseAccount {
  readonly name: string;
  readonly demand = new Demand();
  leases: Lease[] = [];
  /** In the order in which they came. */
  waiters: Waiter[] = [];
  /** What the authority refused last. */
  denial: Denial | undefined;
  /** For how long the next refusal stands, milliseconds; 0: as long as the first one. */
  denialMs = 0;
  /** What to hold ahead at most: all that the authority gave last, when that was less than was asked for. */
  goal = Infinity;
  /** Whether borrowing ahead takes nothing that others need. */
  rich = false;
  /** Monotonic time until which others wait for parts of it: nothing is kept then that nobody here can use at once. */
  contestedUntil = 0;
  /** Monotonic time of the last reservation or end of one. */
  usedAt = 0;

  constructor(name: string) { this.name = name; }

  /** What could be reserved now. */
  free(now: number): number {
    let sum = 0;
    for (const lease of this.leases) if (lease.remaining > 0 && lease.deadline > now) sum += lease.remaining;
    return sum;
  }

  /**
   * A request that costs nothing still needs an account that is not empty: any usable lease proves one, spent or not.
   */
  isProven(now: number): boolean {
    return this.leases.some((lease) => lease.deadline > now && lease.remaining + lease.reserved > 0);
  }

  /** Takes the amount from usable leases, oldest first. The caller has checked `free`; an amount of 0 names a lease all the same. */
  take(amount: number, now: number): Part[] {
    this.usedAt = now;
    this.demand.add(amount, now);
    let parts: Part[] | undefined;
    let left = amount;
    for (const lease of this.leases) {
      if (lease.deadline <= now || lease.remaining + lease.reserved <= 0) continue;
      const share = Math.min(left, Math.max(0, lease.remaining));
      if (share === 0 && left > 0) continue;
      const part = hold(lease, share);
      if (parts) parts.push(part); else parts = [part];
      left -= share;
      if (left === 0) break;
    }
    return parts ?? [];
  }

  /**
   * Ends a reservation: `amount` of it is spent, the rest is free again. What exceeds the parts is drawn from other usable
   * leases, and at last takes the lease of the last part below zero (default mode, semantics 1.8).
   */
  spend(parts: readonly Part[], amount: number, now: number): LeaseDraw[] {
    this.usedAt = now;
    const [only] = parts;
    if (only && parts.length === 1 && amount <= only.amount) return this.spendWithin(only, amount);
    const draws = new Map<Lease, number>();
    let left = amount;
    // A hold is a guess: what was spent beyond it is demand too.
    this.demand.add(Math.max(0, amount - parts.reduce((sum, part) => sum + part.amount, 0)), now);
    for (const part of parts) {
      const spent = Math.min(left, part.amount);
      part.lease.reserved -= part.amount;
      part.lease.remaining += part.amount - spent;
      if (spent > 0) draws.set(part.lease, spent);
      left -= spent;
    }
    if (left > 0) this.overdraw(left, parts.at(-1)?.lease, draws, now);
    return Array.from(draws, ([lease, spent]) => ({ leaseId: lease.id, account: this.name, amount: String(spent) }));
  }

  /** The usual case: one lease holds it all. */
  private spendWithin({ lease, amount: held }: Part, amount: number): LeaseDraw[] {
    lease.reserved -= held;
    lease.remaining += held - amount;
    return amount > 0 ? [{ leaseId: lease.id, account: this.name, amount: String(amount) }] : [];
  }

  private overdraw(amount: number, last: Lease | undefined, draws: Map<Lease, number>, now: number): void {
    let left = amount;
    const draw = (lease: Lease, share: number): void => {
      lease.remaining -= share;
      draws.set(lease, (draws.get(lease) ?? 0) + share);
      left -= share;
    };
    for (const lease of this.leases) {
      if (left > 0 && lease.remaining > 0 && lease.deadline > now) draw(lease, Math.min(left, lease.remaining));
    }
    if (left > 0 && last) draw(last, left);
  }

  /** Takes what is free out of every lease, or only out of those past their deadline. */
  giveBack(which: 'all' | 'lapsed', now: number): LeaseReturn[] {
    const returns: LeaseReturn[] = [];
    for (const lease of this.leases) {
      if (lease.remaining <= 0 || (which === 'lapsed' && lease.deadline > now)) continue;
      returns.push({ leaseId: lease.id, account: this.name, amount: String(lease.remaining) });
      lease.remaining = 0;
    }
    this.forget();
    return returns;
  }

  /** Leases with nothing left and nothing reserved are over. */
  forget(): void {
    if (this.leases.some(isOver)) this.leases = this.leases.filter((lease) => !isOver(lease));
  }
}

function hold(lease: Lease, amount: number): Part {
  lease.remaining -= amount;
  lease.reserved += amount;
  return { lease, amount };
}

const isOver = (lease: Lease): boolean => lease.remaining <= 0 && lease.reserved <= 0;
