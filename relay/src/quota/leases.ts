/**
 * Reserves from borrowed quota in memory (decision 0002, Money). Where a lease covers a request nothing is awaited; where none
 * does, the request waits for the authority's answer, first come, first served.
 */
import type { Failure } from '../failure/failure.ts';
import type { LeaseAnswer, LeaseDraw, LeaseGrant, LeaseReturn } from '../gql/types.gen.ts';
import { learn, wantAhead, wantFor } from './borrowing.ts';
import { LeaseAccount, type Lease } from './lease-account.ts';
import { LeaseAsks, type Ask, type AskingOptions } from './lease-asks.ts';
import { readQuota } from './quota.ts';
import { authoritySilent, toFailure, type Denial } from './refusal.ts';
import { covers, least, takeAll, Waiter, type Claim, type Held } from './waiter.ts';

const DENIAL_MS = 500;
/** The first of a row of refusals stands for this long only: who tops up and asks again in the next moment is served. */
const FIRST_DENIAL_MS = 25;
/** A refusal so long after the last one is the first of another row. */
const ROW_ENDS_MS = 2_000;
const RENEW_MS = 10_000;
/** An authority takes back what a relay did not name for 70 s after the grant, so a lease that was never renewed ends before. */
const UNCONFIRMED_MS = 60_000;
const IDLE_MS = 30_000;
/** Longer than an authority goes on trying for whoever it recalls. */
const CONTESTED_MS = 2_500;
export interface LeaseOptions extends AskingOptions {
  /** Records that parts of leases go back; they are no longer counted here when this is called. */
  readonly giveBack: (returns: readonly LeaseReturn[]) => void;
}

export class LeaseBook {
  private readonly options: LeaseOptions;
  private readonly asks: LeaseAsks;
  private readonly accounts = new Map<string, LeaseAccount>();
  private renewedAt: number;
  private isTelling = false;
  private readonly fresh: Lease[] = [];

  constructor(options: LeaseOptions) {
    this.options = options;
    this.asks = new LeaseAsks(options);
    this.renewedAt = options.timing.monotonic();
  }

  /** The account by its name on the wire, for a claim. */
  account(name: string): LeaseAccount {
    let account = this.accounts.get(name);
    if (!account) this.accounts.set(name, account = new LeaseAccount(name));
    return account;
  }

  /**
   * Holds all claims or none.
   *
   * @returns at once where leases cover them or a fresh denial stands; else when the authority has answered, or is silent for 2.5 s
   */
  reserve(claims: readonly Claim[], quotaPerUnit: number): Held | Failure | Promise<Held | Failure> {
    const now = this.options.timing.monotonic();
    const held = takeAll(claims, now);
    if (held) {
      for (const { account } of held) this.askAhead(account, now);
      return held;
    }
    for (const claim of claims) {
      const { denial } = claim.account;
      if (denial && now < denial.until && least(claim.amount) >= denial.need && !covers(claim, now)) {
        return toFailure(claim.account, denial, { need: claim.amount, quotaPerUnit, now });
      }
    }
    const waiter = new Waiter(claims, quotaPerUnit);
    for (const { account } of claims) account.waiters.push(waiter);
    this.askFor(waiter, now);
    return waiter.result;
  }

  /** Ends a reservation: `amount` is spent, the rest is free again. To be called once for each. */
  spend(held: Held, amount: number): LeaseDraw[] {
    const now = this.options.timing.monotonic();
    const draws: LeaseDraw[] = [];
    for (const { account, parts } of held) draws.push(...account.spend(parts, amount, now));
    for (const { account } of held) if (account.waiters.length > 0) this.serve(account, now);
    return draws;
  }

  answer(answer: LeaseAnswer): void {
    const known = this.asks.answered(answer.nonce);
    if (!known) return;
    const { ask, waited } = known;
    const renewed = new Set(answer.renewed);
    for (const lease of ask.renewing) lease.deadline = renewed.has(lease.id) ? Math.max(lease.deadline, ask.askedAt + answer.lifeMs) : 0;
    if (ask.request.recovered) this.isTelling = false;
    const deadline = ask.askedAt + Math.min(answer.lifeMs, UNCONFIRMED_MS);
    for (const grant of answer.grants) this.hear(ask, grant, { deadline, waited });
    const now = this.options.timing.monotonic();
    for (const name of ask.wants.keys()) this.serve(this.account(name), now);
  }

  private hear(ask: Ask, grant: LeaseGrant, { deadline, waited }: { deadline: number; waited: boolean }): void {
    const account = this.account(grant.account);
    const want = ask.wants.get(grant.account);
    const amount = readQuota(grant.granted) ?? 0;
    const available = readQuota(grant.available) ?? 0;
    if (!want) return;
    if (grant.leaseId && amount > 0) {
      if (ask.received.has(grant.leaseId)) return;
      ask.received.add(grant.leaseId);
      const lease = { id: grant.leaseId, remaining: amount, reserved: 0, deadline };
      account.leases.push(lease);
      learn(account, { granted: amount, available, prefer: want.prefer }, this.options.timing.monotonic());
      if (account.rich) this.fresh.push(lease);
      account.denial = undefined;
      account.denialMs = 0;
    } else if (waited) {
      this.refuse(account, { refusal: grant.refusal ?? 'INSUFFICIENT', need: want.need, available, until: this.standsUntil(account) });
    }
  }

  /** Each refusal stands twice as long as the one before: who asks on and on costs the authority no more than twice a second. */
  private standsUntil(account: LeaseAccount): number {
    const now = this.options.timing.monotonic(), isFirst = account.denialMs === 0 || (account.denial !== undefined && now - account.denial.until > ROW_ENDS_MS);
    account.denialMs = isFirst ? FIRST_DENIAL_MS : Math.min(DENIAL_MS, account.denialMs * 2);
    return now + account.denialMs;
  }

  private refuse(account: LeaseAccount, denial: Denial): void {
    account.rich = false;
    account.denial = denial;
    const now = this.options.timing.monotonic();
    for (const waiter of account.waiters) {
      if (!waiter.done) waiter.advance(now);
      const refusal = waiter.refusalFor(account, denial, now);
      if (refusal) this.fail(waiter, refusal, now);
    }
    this.forgetDone(account);
  }

  /** Ends a wait in vain: what it held goes to those who wait here, or elsewhere. */
  private fail(waiter: Waiter, failure: Failure, now: number): void {
    if (waiter.done) return;
    waiter.finish(failure);
    for (const { account, parts } of waiter.held) {
      account.spend(parts, 0, now);
      this.serve(account, now);
    }
  }

  /** Others need these accounts: what is free goes back at once, and nothing is borrowed ahead. */
  recall(names: readonly string[]): void {
    for (const name of names) {
      const account = this.accounts.get(name);
      if (!account) continue;
      account.rich = false;
      account.contestedUntil = this.options.timing.monotonic() + CONTESTED_MS;
      this.return(account, 'all');
    }
  }

  /** All records of older epochs are committed: says so until it is heard. */
  tellRecovered(): void {
    this.isTelling = true;
    this.asks.tellRecovered();
  }

  /** The connection is back: names what is held before it asks for more. */
  reconnected(): void {
    this.renewAll();
    this.asks.reconnected();
  }

  /** Time passes: call it some ten times a second. */
  tick(): void {
    const now = this.options.timing.monotonic();
    for (const ask of this.asks.tick(now)) this.gaveUp(ask);
    // What a rich account holds must outlast an outage that begins now, so it is confirmed at once.
    if (this.fresh.length > 0) this.asks.renew(this.fresh.splice(0));
    if (now - this.renewedAt < RENEW_MS) return;
    this.renewedAt = now;
    for (const account of this.accounts.values()) this.tidy(account, now);
    this.renewAll();
  }

  private renewAll(): void {
    const now = this.options.timing.monotonic();
    this.asks.renew(Array.from(this.accounts.values()).flatMap(({ leases }) => leases.filter((lease) => lease.deadline > now)));
  }

  private gaveUp(ask: Ask): void {
    if (ask.request.recovered && this.isTelling) this.asks.tellRecovered();
    for (const name of ask.wants.keys()) {
      const account = this.account(name);
      for (const waiter of account.waiters) this.fail(waiter, authoritySilent(), this.options.timing.monotonic());
      this.forgetDone(account);
    }
  }

  private tidy(account: LeaseAccount, now: number): void {
    this.return(account, now - account.usedAt >= IDLE_MS ? 'all' : 'lapsed');
    const isNeeded = account.leases.length > 0 || account.waiters.length > 0 || this.asks.isAsking(account.name);
    if (!isNeeded && now - account.usedAt >= IDLE_MS) this.accounts.delete(account.name);
  }

  /** Everything that is free goes back; what is reserved follows when it ends. */
  returnAll(): void {
    for (const account of this.accounts.values()) this.return(account, 'all');
  }

  private return(account: LeaseAccount, which: 'all' | 'lapsed'): void {
    const returns = account.giveBack(which, this.options.timing.monotonic());
    if (returns.length > 0) this.options.giveBack(returns);
  }

  /** Serves those who wait for the account in their order, and asks for the first who must go on waiting. */
  private serve(account: LeaseAccount, now: number): void {
    for (const waiter of account.waiters) {
      if (waiter.done) continue;
      waiter.advance(now);
      if (waiter.done) continue;
      this.askFor(waiter, now);
      // Who waits for another account only does not hold up those behind.
      const claim = waiter.missingOn(account);
      if (claim && !covers(claim, now)) break;
    }
    this.forgetDone(account);
    if (now < account.contestedUntil) this.return(account, 'all');
  }

  private forgetDone(account: LeaseAccount): void { account.waiters = account.waiters.filter((waiter) => !waiter.done); }

  /** All at once, so that it takes one round trip; what others wait for too only when its turn has come. */
  private askFor(waiter: Waiter, now: number): void {
    const { missing } = waiter;
    const isContested = missing.some(({ account }) => now < account.contestedUntil);
    for (const claim of isContested ? missing.slice(-1) : missing) {
      const { account, amount } = claim;
      if (this.asks.isAsking(account.name) || covers(claim, now)) continue;
      this.asks.want(account.name, wantFor(account, amount, now));
    }
  }

  /** Borrows before it is needed, so that the requests of a rich wallet never wait. */
  private askAhead(account: LeaseAccount, now: number): void {
    const want = wantAhead(account, now);
    if (want) this.asks.want(account.name, want);
  }
}
