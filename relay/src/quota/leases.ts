/**
 * Reserves from borrowed quota in memory (decision 0002, Money). Where a lease covers a request nothing is awaited; where none
 * does, the request waits for the authority's answer, first come, first served.
 */
import { Failure } from '../failure/failure.ts';
import type { LeaseAnswer, LeaseDraw, LeaseGrant, LeaseReturn } from '../gql/types.gen.ts';
import { LeaseAccount, type Part } from './lease-account.ts';
import { LeaseAsks, type Ask, type AskingOptions } from './lease-asks.ts';
import { readQuota } from './quota.ts';
import { authoritySilent, toFailure, type Denial } from './refusal.ts';

const DENIAL_MS = 500;
const RENEW_MS = 10_000;
const IDLE_MS = 30_000;
/** How many times its largest request an account borrows where nothing is known about its demand. */
const AHEAD = 8;

/** One account that must cover a request. An amount of 0 asks only that it is not empty. */
export interface Claim { readonly account: string; readonly amount: number }

/** What is held for one request, on all accounts that pay for it. */
export interface Held { readonly shares: readonly { readonly account: LeaseAccount; readonly parts: readonly Part[] }[] }

interface Waiter { readonly claims: readonly Claim[]; readonly quotaPerUnit: number; readonly resolve: (result: Held | Failure) => void; done: boolean }

/** Borrowing state of an account, beside its leases. */
interface Standing { waiters: Waiter[]; denial: Denial | undefined; /** Whether asking ahead would take what others need. */ rich: boolean }

export interface LeaseOptions extends AskingOptions {
  /** Records that parts of leases go back; they are no longer counted here when this is called. */
  readonly giveBack: (returns: readonly LeaseReturn[]) => void;
}

export class LeaseBook {
  private readonly options: LeaseOptions;
  private readonly asks: LeaseAsks;
  private readonly accounts = new Map<string, LeaseAccount>();
  private readonly standings = new Map<LeaseAccount, Standing>();
  private renewedAt: number;
  private recovered: 'silent' | 'telling' | 'told' = 'silent';

  constructor(options: LeaseOptions) {
    this.options = options;
    this.asks = new LeaseAsks(options);
    this.renewedAt = options.timing.monotonic();
  }

  /**
   * Holds all claims or none.
   *
   * @returns at once where leases cover them or a fresh denial stands; else when the authority has answered, at most 2.5 s
   *   after the last sign of it
   */
  reserve(claims: readonly Claim[], quotaPerUnit: number): Held | Failure | Promise<Held | Failure> {
    const now = this.options.timing.monotonic();
    const held = this.take(claims, now);
    if (held) {
      for (const { account } of held.shares) this.askAhead(account, now);
      return held;
    }
    const short = claims.find((claim) => !this.covers(claim, now) && this.denialOf(claim, now));
    const denial = short && this.denialOf(short, now);
    if (denial) return toFailure(short.account, denial, short.amount, quotaPerUnit);
    return new Promise((resolve) => {
      const waiter: Waiter = { claims, quotaPerUnit, resolve, done: false };
      for (const claim of claims) this.standing(this.account(claim.account)).waiters.push(waiter);
      this.askFor(waiter, now);
    });
  }

  /** Ends a reservation: `amount` is spent, the rest is free again. To be called once for each. */
  spend(held: Held, amount: number): LeaseDraw[] {
    const now = this.options.timing.monotonic();
    const draws: LeaseDraw[] = [];
    for (const { account, parts } of held.shares) draws.push(...account.spend(parts, amount, now));
    for (const { account } of held.shares) if (this.standings.get(account)?.waiters.length) this.serve(account, now);
    return draws;
  }

  answer(answer: LeaseAnswer): void {
    const known = this.asks.answered(answer.nonce);
    if (!known) return;
    const { ask, waited } = known;
    const deadline = ask.askedAt + answer.lifeMs;
    const renewed = new Set(answer.renewed);
    for (const lease of ask.renewing) lease.deadline = renewed.has(lease.id) ? Math.max(lease.deadline, deadline) : 0;
    if (ask.request.recovered) this.recovered = 'told';
    const now = this.options.timing.monotonic();
    for (const grant of answer.grants) this.granted(ask, grant, deadline, waited);
    for (const account of ask.wants.keys()) this.serve(account, now);
  }

  private granted(ask: Ask, grant: LeaseGrant, deadline: number, waited: boolean): void {
    const account = this.account(grant.account);
    const want = ask.wants.get(account);
    if (!want) return;
    const standing = this.standing(account);
    const available = readQuota(grant.available) ?? 0;
    const amount = readQuota(grant.granted) ?? 0;
    if (grant.leaseId && amount > 0) {
      if (ask.received.has(grant.leaseId)) return;
      ask.received.add(grant.leaseId);
      account.leases.push({ id: grant.leaseId, remaining: amount, reserved: 0, deadline });
      standing.rich = available >= want.prefer;
      standing.denial = undefined;
    } else if (waited) {
      standing.rich = false;
      const until = this.options.timing.monotonic() + DENIAL_MS;
      this.refuse(account, { refusal: grant.refusal ?? 'INSUFFICIENT', need: want.need, available, until });
    }
  }

  /** Refuses who waits for at least what was refused and cannot be served otherwise. */
  private refuse(account: LeaseAccount, denial: Denial): void {
    const standing = this.standing(account);
    standing.denial = denial;
    const now = this.options.timing.monotonic();
    this.serve(account, now, false);
    for (const waiter of standing.waiters) {
      const claim = waiter.claims.find((each) => each.account === account.name);
      if (claim && Math.max(1, claim.amount) >= denial.need) finish(waiter, toFailure(account.name, denial, claim.amount, waiter.quotaPerUnit));
    }
    standing.waiters = standing.waiters.filter((waiter) => !waiter.done);
  }

  /** Others need these accounts: what is free goes back at once, and nothing is borrowed ahead. */
  recall(names: readonly string[]): void {
    for (const name of names) {
      const account = this.accounts.get(name);
      if (!account) continue;
      this.standing(account).rich = false;
      this.return(account, 'all');
    }
  }

  /** All records of older epochs are committed: says so until it is heard. */
  tellRecovered(): void {
    this.recovered = 'telling';
    this.asks.tellRecovered();
  }

  reconnected(): void { this.asks.reconnected(); }

  /** Time passes: call it some ten times a second. */
  tick(): void {
    const now = this.options.timing.monotonic();
    for (const ask of this.asks.tick(now)) this.gaveUp(ask);
    if (now - this.renewedAt < RENEW_MS) return;
    this.renewedAt = now;
    for (const account of this.accounts.values()) this.tidy(account, now);
    this.asks.renew(Array.from(this.accounts.values()).flatMap((account) => account.leases.filter((lease) => lease.deadline > now)));
  }

  private gaveUp(ask: Ask): void {
    if (ask.request.recovered && this.recovered === 'telling') this.asks.tellRecovered();
    for (const account of ask.wants.keys()) {
      const standing = this.standing(account);
      for (const waiter of standing.waiters) finish(waiter, authoritySilent());
      standing.waiters = [];
    }
  }

  private tidy(account: LeaseAccount, now: number): void {
    this.return(account, now - account.usedAt >= IDLE_MS ? 'all' : 'lapsed');
    const standing = this.standings.get(account);
    if (account.leases.length > 0 || standing?.waiters.length || this.asks.isAsking(account)) return;
    this.accounts.delete(account.name);
    this.standings.delete(account);
  }

  /** Everything that is free goes back; what is reserved follows when it ends. */
  returnAll(): void {
    for (const account of this.accounts.values()) this.return(account, 'all');
  }

  private return(account: LeaseAccount, which: 'all' | 'lapsed'): void {
    const returns = account.giveBack(which, this.options.timing.monotonic());
    if (returns.length > 0) this.options.giveBack(returns);
  }

  private take(claims: readonly Claim[], now: number): Held | undefined {
    for (const claim of claims) if (!this.covers(claim, now)) return undefined;
    return { shares: claims.map((claim) => {
      const account = this.account(claim.account);
      return { account, parts: account.take(claim.amount, now) };
    }) };
  }

  private covers(claim: Claim, now: number): boolean {
    const account = this.accounts.get(claim.account);
    if (!account) return false;
    return claim.amount === 0 ? account.isProven(now) : account.free(now) >= claim.amount;
  }

  /** Serves those who wait for the account in their order, and asks for the first who must go on waiting. */
  private serve(account: LeaseAccount, now: number, ask = true): void {
    const standing = this.standings.get(account);
    if (!standing) return;
    for (const waiter of standing.waiters) {
      if (waiter.done) continue;
      const held = this.take(waiter.claims, now);
      if (held) finish(waiter, held);
      else if (ask) this.askFor(waiter, now);
      if (!held && waiter.claims.some((claim) => claim.account === account.name && !this.covers(claim, now))) break;
    }
    standing.waiters = standing.waiters.filter((waiter) => !waiter.done);
  }

  private askFor(waiter: Waiter, now: number): void {
    for (const claim of waiter.claims) {
      if (this.covers(claim, now)) continue;
      const account = this.account(claim.account);
      if (this.asks.isAsking(account)) continue;
      const waiting = this.standing(account).waiters.reduce((sum, each) => sum + amountOn(each, account), 0);
      const need = Math.max(1, claim.amount);
      this.asks.want(account, need, Math.max(waiting, AHEAD * need, 4 * account.demand.reserveOf(now)));
    }
  }

  /** Borrows before it is needed, so that the requests of a rich wallet never wait. */
  private askAhead(account: LeaseAccount, now: number): void {
    if (!this.standings.get(account)?.rich) return;
    const reserve = account.demand.reserveOf(now);
    if (account.free(now) < reserve) this.asks.want(account, 1, Math.max(AHEAD, 4 * reserve));
  }

  private denialOf(claim: Claim, now: number): Denial | undefined {
    const account = this.accounts.get(claim.account);
    const denial = account && this.standings.get(account)?.denial;
    return denial && now < denial.until && Math.max(1, claim.amount) >= denial.need ? denial : undefined;
  }

  private account(name: string): LeaseAccount {
    let account = this.accounts.get(name);
    if (!account) this.accounts.set(name, account = new LeaseAccount(name));
    return account;
  }

  private standing(account: LeaseAccount): Standing {
    let standing = this.standings.get(account);
    if (!standing) this.standings.set(account, standing = { waiters: [], denial: undefined, rich: false });
    return standing;
  }
}

function finish(waiter: Waiter, result: Held | Failure): void {
  if (waiter.done) return;
  waiter.done = true;
  waiter.resolve(result);
}

const amountOn = (waiter: Waiter, account: LeaseAccount): number =>
  waiter.claims.find((claim) => claim.account === account.name)?.amount ?? 0;
