/** How much to borrow: enough that rich wallets never wait, not more than others can spare. */
import type { Want } from './lease-asks.ts';
import type { LeaseAccount } from './lease-account.ts';
import { least } from './waiter.ts';

/** How many times its largest request an account borrows where nothing is known about its demand. */
const AHEAD = 8;
/** What a rich account borrows ahead, in its reserves (2.5 s of its demand): ten minutes, so that an outage of the authority is no outage of ours (RLY-14). */
const COVER = 240;

/** For a request that waits, and those behind it. */
export function wantFor(account: LeaseAccount, amount: number, now: number): Want {
  const waiting = account.waiters.reduce((sum, each) => sum + (each.done ? 0 : each.missingOn(account)?.amount ?? 0), 0);
  const need = least(amount);
  return { need, prefer: Math.max(waiting, AHEAD * need, COVER * account.demand.reserveOf(now)) };
}

/** Before it is needed; undefined: there is enough, or others need it more. */
export function wantAhead(account: LeaseAccount, now: number): Want | undefined {
  if (!account.rich) return undefined;
  const reserve = account.demand.reserveOf(now);
  const cover = COVER * reserve;
  const isEnough = account.free(now) >= Math.max(reserve, Math.min(cover, account.goal) / 2);
  return isEnough ? undefined : { need: 1, prefer: Math.max(AHEAD, cover) };
}

/** The authority gives at most a quarter of what is free: then what there is becomes the goal, and not what was wished for. */
export function learn(account: LeaseAccount, { granted, available, prefer }: { granted: number; available: number; prefer: number }, now: number): void {
  account.rich = available > Math.min(prefer, 4 * account.demand.reserveOf(now));
  if (account.rich) account.contestedUntil = 0;
  account.goal = granted < prefer ? account.free(now) : Infinity;
}
