/** The asking side of leases: one request for all wants of a turn, asked again after a second, given up after 2.5. */
import type { LeaseRequest, LeaseWant } from '../gql/types.gen.ts';
import type { Lease } from './lease-account.ts';
import type { Timing } from './timing.ts';

const ASK_AGAIN_MS = 1_000;
const GIVE_UP_MS = 2_500;
/** A late answer still brings leases that are ours; an authority that did not hear of them for 70 s takes them back. */
const REMEMBER_MS = 45_000;
const RENEW_PER_REQUEST = 1_000;
const WANTS_PER_REQUEST = 1_000;

/** Quota units, as LeaseWant. */
export interface Want { readonly need: number; readonly prefer: number }

export interface Ask {
  readonly request: LeaseRequest;
  /** By the name of the account. */
  readonly wants: ReadonlyMap<string, Want>;
  readonly renewing: readonly Lease[];
  /** Leases live from here on: what was granted was granted later than it was asked for. */
  readonly askedAt: number;
  sentAt: number;
  /** Leases that came with this ask. Its answer may come twice; money must not. */
  readonly received: Set<string>;
}

export interface AskingOptions {
  readonly relayId: string;
  readonly epoch: number;
  readonly timing: Timing;
  /** Never the same twice in the life of an epoch. */
  readonly nonce: () => string;
  /** May lose it: it is asked again. */
  readonly send: (request: LeaseRequest) => void;
}

export class LeaseAsks {
  private readonly options: AskingOptions;
  private readonly byNonce = new Map<string, Ask>();
  private readonly open = new Set<Ask>();
  private readonly asking = new Set<string>();
  private wanted = new Map<string, Want>();

  constructor(options: AskingOptions) { this.options = options; }

  /** One ask an account at a time: who comes later is served, or asks, when the answer is here. */
  want(account: string, { need, prefer }: Want): void {
    if (this.asking.has(account)) return;
    this.asking.add(account);
    if (this.wanted.size === 0) this.options.timing.soon(() => { this.flush(); });
    this.wanted.set(account, { need, prefer: Math.min(Number.MAX_SAFE_INTEGER, Math.max(need, prefer)) });
  }

  isAsking(account: string): boolean { return this.asking.has(account); }

  renew(leases: readonly Lease[]): void {
    for (let start = 0; start < leases.length; start += RENEW_PER_REQUEST) {
      this.ask(new Map(), leases.slice(start, start + RENEW_PER_REQUEST), false);
    }
  }

  /** Tells that everything of older epochs is settled. */
  tellRecovered(): void { this.ask(new Map(), [], true); }

  private flush(): void {
    const wanted = [...this.wanted];
    this.wanted = new Map();
    for (let start = 0; start < wanted.length; start += WANTS_PER_REQUEST) {
      this.ask(new Map(wanted.slice(start, start + WANTS_PER_REQUEST)), [], false);
    }
  }

  private ask(wants: ReadonlyMap<string, Want>, renewing: readonly Lease[], recovered: boolean): void {
    const { relayId, epoch, timing, nonce } = this.options;
    const wire: LeaseWant[] = Array.from(wants, ([account, { need, prefer }]) => ({ account, need: String(need), prefer: String(prefer) }));
    const request = { relayId, epoch, nonce: nonce(), wants: wire, renew: renewing.map((lease) => lease.id), recovered };
    const now = timing.monotonic();
    const ask: Ask = { request, wants, renewing, askedAt: now, sentAt: now, received: new Set() };
    this.byNonce.set(request.nonce, ask);
    this.open.add(ask);
    this.options.send(request);
  }

  /** The ask that an answer belongs to, and whether it still waited for one; undefined: not ours, or too old. */
  answered(nonce: string): { ask: Ask; waited: boolean } | undefined {
    const ask = this.byNonce.get(nonce);
    return ask && { ask, waited: this.close(ask) };
  }

  private close(ask: Ask): boolean {
    if (!this.open.delete(ask)) return false;
    for (const account of ask.wants.keys()) this.asking.delete(account);
    return true;
  }

  /** Asks again what is unanswered for a second. Returns what is given up. */
  tick(now: number): Ask[] {
    for (const [nonce, ask] of this.byNonce) {
      if (now - ask.askedAt < REMEMBER_MS) break;
      this.byNonce.delete(nonce);
    }
    const givenUp: Ask[] = [];
    for (const ask of this.open) {
      if (now - ask.askedAt >= GIVE_UP_MS) givenUp.push(ask);
      else if (now - ask.sentAt >= ASK_AGAIN_MS) this.again(ask, now);
    }
    for (const ask of givenUp) this.close(ask);
    return givenUp;
  }

  /** The connection is back: what was sent before may be lost. */
  reconnected(): void {
    const now = this.options.timing.monotonic();
    for (const ask of this.open) this.again(ask, now);
  }

  // The same nonce: an authority that remembers it answers with the same leases, and nothing is lent to nobody.
  private again(ask: Ask, now: number): void {
    ask.sentAt = now;
    this.options.send(ask.request);
  }
}
