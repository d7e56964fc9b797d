/** A request that waits for an account to be lent more. */
import { Failure } from '../failure/failure.ts';
import type { LeaseAccount, Part } from './lease-account.ts';
import { toFailure, type Denial } from './refusal.ts';

/** One account that must cover a request. An amount of 0 asks only that it is not empty. */
export interface Claim { readonly account: LeaseAccount; readonly amount: number }

/** What is held for one request, on all accounts that pay for it. */
export type Held = readonly { readonly account: LeaseAccount; readonly parts: readonly Part[] }[];

/**
 * Takes its claims one after the other, the last first: the budget of a key before the wallet, on every relay. Who holds a part
 * of a wallet thus waits for nothing more, so no two requests ever wait for each other; and what is held during a wait is a
 * budget, which keeps only requests of the same key waiting.
 */
export class Waiter {
  readonly claims: readonly Claim[];
  /** What it has so far: the tail of its claims. */
  held: Held = [];
  readonly result: Promise<Held | Failure>;
  done = false;
  private readonly quotaPerUnit: number;
  private resolve: (result: Held | Failure) => void = () => undefined;

  constructor(claims: readonly Claim[], quotaPerUnit: number) {
    this.claims = claims;
    this.quotaPerUnit = quotaPerUnit;
    this.result = new Promise((resolve) => { this.resolve = resolve; });
  }

  /** The claims that are not taken yet; the last of them is the next. */
  get missing(): readonly Claim[] { return this.held.length === 0 ? this.claims : this.claims.slice(0, -this.held.length); }

  /** What it still needs of the account; undefined: nothing. */
  missingOn(account: LeaseAccount): Claim | undefined { return this.missing.find((claim) => claim.account === account); }

  /** Takes what is there, and ends the wait with the last of it. */
  advance(now: number): void {
    for (const { account, amount } of this.missing.toReversed()) {
      if (!covers({ account, amount }, now)) return;
      this.held = [{ account, parts: account.take(amount, now) }, ...this.held];
    }
    this.finish(this.held);
  }

  finish(result: Held | Failure): void {
    if (this.done) return;
    this.done = true;
    this.resolve(result);
  }

  /** What it is to be told of a denial; undefined when that does not concern it. */
  refusalFor(account: LeaseAccount, denial: Denial, now: number): Failure | undefined {
    const claim = this.missingOn(account);
    if (!claim || covers(claim, now) || least(claim.amount) < denial.need) return undefined;
    return toFailure(account, denial, { need: claim.amount, quotaPerUnit: this.quotaPerUnit, now });
  }
}

/** What an amount needs at least: nothing can be proven with nothing. */
export const least = (amount: number): number => Math.max(1, amount);

export const covers = ({ account, amount }: Claim, now: number): boolean =>
  amount === 0 ? account.isProven(now) : account.free(now) >= amount;

/** Takes all claims, or nothing. */
export function takeAll(claims: readonly Claim[], now: number): Held | undefined {
  for (const claim of claims) if (!covers(claim, now)) return undefined;
  return claims.map(({ account, amount }) => ({ account, parts: account.take(amount, now) }));
}
