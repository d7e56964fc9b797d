/** A request that waits for an account to be lent more. */
import { Failure } from '../failure/failure.ts';
import type { LeaseAccount, Part } from './lease-account.ts';
import { toFailure, type Denial } from './refusal.ts';

/** One account that must cover a request. An amount of 0 asks only that it is not empty. */
export interface Claim { readonly account: LeaseAccount; readonly amount: number }

/** What is held for one request, on all accounts that pay for it. */
export type Held = readonly { readonly account: LeaseAccount; readonly parts: readonly Part[] }[];

export class Waiter {
  readonly claims: readonly Claim[];
  readonly result: Promise<Held | Failure>;
  done = false;
  private readonly quotaPerUnit: number;
  private resolve: (result: Held | Failure) => void = () => undefined;

  constructor(claims: readonly Claim[], quotaPerUnit: number) {
    this.claims = claims;
    this.quotaPerUnit = quotaPerUnit;
    this.result = new Promise((resolve) => { this.resolve = resolve; });
  }

  amountOn(account: LeaseAccount): number { return this.claims.find((claim) => claim.account === account)?.amount ?? 0; }

  finish(result: Held | Failure): void {
    if (this.done) return;
    this.done = true;
    this.resolve(result);
  }

  /** Ends the wait if it is for at least what was refused. */
  deny(account: LeaseAccount, denial: Denial): void {
    const amount = this.amountOn(account);
    if (least(amount) >= denial.need) this.finish(toFailure(account.name, denial, amount, this.quotaPerUnit));
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
