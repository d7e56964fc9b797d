/** Lends parts of accounts to relays (docs/decisions/0002-relay-link.md, Money). */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { PgListener } from '../../database/pg-listener.ts';
import { sqlOf } from '../../database/sql.ts';
import { crashPoint } from '../../kernel/running/crash-point.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { MessageSeal } from '../relay-link/message-seal.ts';
import type { RelayChannel } from '../relay-link/relay-channel.ts';
import { StreamConsumer, type Entry } from '../relay-link/stream-consumer.ts';
import { LeaseRefusal, type LeaseAnswer, type LeaseGrant } from '../relay-link/wire/lease.ts';
import { lifeMs, LeaseBook, type Decision } from './lease-book.ts';
import { readLeaseRequest, type ReadLeaseRequest, type Want } from './read-lease-request.ts';
import { WaitingWants } from './waiting-wants.ts';

export interface AuthorityParts { orm: MikroORM; databaseUrl: string; redis: Redis; seal: MessageSeal; relays: RelayChannel; log: Logger }

/** A relay asks again after a second and gives up after two and a half: older requests have nobody who waits. */
const oldestMs = 2_500;
const lookForUnheardMs = 30_000;
/** Connections to PostgreSQL that one request may take: the others serve people. */
const grantsAtOnce = 6;

export class LeaseAuthority implements Worker {
  private readonly book = new LeaseBook();
  private readonly waiting: WaitingWants;
  private readonly consumer: StreamConsumer;
  private readonly listener: PgListener;
  private readonly ending = new AbortController();
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly epochs = new Map<string, number>();
  private readonly lookedAt = new Map<string, number>();

  constructor(private readonly parts: AuthorityParts) {
    const { databaseUrl, redis, seal, log } = parts;
    this.waiting = new WaitingWants(this.book, () => this.sql(), (account) => this.recall(account));
    this.consumer = new StreamConsumer({ stream: 'weir:leases', group: 'authority', atOnce: 64, oldestMs, redis, seal, log, take: (entries) => this.take(entries) });
    // Told by a trigger when an account has lent more than it has: a debit by hand, a charge above its hold, a freeze.
    this.listener = new PgListener({
      databaseUrl, log, channel: 'weir_recall',
      onMessage: (account) => { void this.waiting.askBack(account).catch((error: unknown) => log.warn({ err: error, account }, 'leases: recall failed')); },
      onConnect: async (sql) => {
        for (const { name } of await sql<{ name: string }>('select name from account where leased > 0 and (balance < leased or frozen)')) await this.waiting.askBack(name);
      },
    });
  }

  start(): void {
    this.listener.start();
    this.consumer.start();
  }

  async stop(): Promise<void> {
    await this.consumer.stop();
    this.ending.abort();
    await Promise.allSettled(this.inHand.values());
    await this.listener.stop();
  }

  /** The settlement says it after each commit, so that nobody waits longer than he must. */
  freed(accounts: Iterable<string>): void {
    this.waiting.freed(accounts);
  }

  private sql() {
    return sqlOf(this.parts.orm.em.fork());
  }

  private async take(entries: Entry[]): Promise<void> {
    await Promise.all(entries.map(({ json }) => this.serve(json)));
  }

  /** Resolves when all is decided that can be decided now. */
  private async serve(json: string): Promise<void> {
    const request = readLeaseRequest(json);
    if ('fault' in request) return this.parts.log.error({ fault: request.fault }, 'leases: a request has no known form');
    const id = `${request.relayId}.${request.epoch}.${request.nonce}`;
    if (this.inHand.has(id)) return;                     // asked again while it waits: one answer serves both
    if (!(await this.enter(request))) return this.answer(request, [], request.wants.map(stale));
    if (request.recovered) await this.closeOlder(request);
    await this.closeUnheard(request);
    const renewed = request.renew.length > 0 ? await this.book.renew(this.sql(), request, request.renew) : [];
    const decided = await this.grantAll(request), open = decided.filter(([, decision]) => decision.kind === 'lent-out');
    for (const [want] of open) await this.waiting.askBack(want.account);
    // Where some can be answered, they do not wait for the others: those are asked for again, alone.
    if (open.length < decided.length || open.length === 0) return this.answer(request, renewed, decided.filter((each) => !open.includes(each)).map(toGrant));
    const rest = this.waitFor(request, open.map(([want]) => want))
      .then((late) => this.answer(request, renewed, late.map(toGrant)))
      .catch((error: unknown) => this.parts.log.warn({ err: error }, 'leases: a waiting want was dropped, its relay asks again'))
      .finally(() => this.inHand.delete(id));
    this.inHand.set(id, rest);
  }

  /**
   * Ends with the first that is decided, or when patience does. A lease that lay here until the others are decided would be of use to
   * nobody: two relays could each wait for the part that is lent to the other and not yet told, until both are refused.
   */
  private async waitFor(request: ReadLeaseRequest, wants: Want[]): Promise<[Want, Decision][]> {
    const first = new AbortController(), signal = AbortSignal.any([this.ending.signal, first.signal]);
    const decided = await Promise.all(wants.map(async (want): Promise<[Want, Decision]> => {
      const decision = await this.waiting.decide(request, want, signal);
      if (decision.kind !== 'lent-out') first.abort();
      return [want, decision];
    }));
    return first.signal.aborted ? decided.filter(([, decision]) => decision.kind !== 'lent-out') : decided;
  }

  private async grantAll(request: ReadLeaseRequest): Promise<[Want, Decision][]> {
    const decided: [Want, Decision][] = [];
    for (let at = 0; at < request.wants.length; at += grantsAtOnce) {
      const some = request.wants.slice(at, at + grantsAtOnce);
      decided.push(...await Promise.all(some.map(async (want): Promise<[Want, Decision]> => [want, await this.book.grant(this.sql(), request, want)])));
    }
    return decided;
  }

  private async enter({ relayId, epoch }: ReadLeaseRequest): Promise<boolean> {
    if (this.epochs.get(relayId) === epoch) return true;
    if (!(await this.book.enter(this.sql(), relayId, epoch))) return false;
    this.epochs.set(relayId, epoch);
    return true;
  }

  private async closeOlder({ relayId, epoch }: ReadLeaseRequest): Promise<void> {
    for (let freed = ['']; freed.length > 0;) {
      freed = await this.parts.orm.em.fork().transactional((em) => this.book.closeOlder(sqlOf(em), relayId, epoch));
      this.freed(freed);
    }
  }

  private async closeUnheard(request: ReadLeaseRequest): Promise<void> {
    const now = performance.now();
    if (now - (this.lookedAt.get(request.relayId) ?? -Infinity) < lookForUnheardMs) return;
    this.lookedAt.set(request.relayId, now);
    this.freed(await this.parts.orm.em.fork().transactional((em) => this.book.closeUnheard(sqlOf(em), request)));
  }

  private async recall(account: string): Promise<void> {
    const holders = await this.book.holders(this.sql(), account);
    await Promise.all(holders.map((relayId) => this.parts.relays.tell(relayId, { recall: [account] })));
  }

  private async answer({ relayId, nonce }: ReadLeaseRequest, renewed: string[], grants: LeaseGrant[]): Promise<void> {
    if (grants.some((grant) => grant.leaseId)) crashPoint('after-grant');
    const lease: LeaseAnswer = { nonce, grants, renewed, lifeMs };
    await this.parts.relays.tell(relayId, { lease });
  }
}

const stale = ({ account }: Want): LeaseGrant => ({ account, leaseId: null, granted: '0', available: '0', refusal: LeaseRefusal.STALE_EPOCH });

function toGrant([{ account }, decision]: [Want, Decision]): LeaseGrant {
  const { available } = decision;
  if (decision.kind === 'granted') return { account, leaseId: decision.leaseId, granted: decision.granted, available, refusal: null };
  return { account, leaseId: null, granted: '0', available, refusal: decision.kind === 'refused' ? decision.refusal : LeaseRefusal.INSUFFICIENT };
}
