/**
 * The far end of the wire in memory: lends and settles by the rules of decision 0002, small enough to be believed by reading.
 * Each relay gets a link to it; `loses` decides message by message what the wire swallows.
 */
import type { LeaseAnswer, LeaseGrant, LeaseRequest, LeaseWant, RelayMessage, UsageBatch, UsageEvent } from '../../gql/types.gen.ts';
import type { MoneyOptions } from '../money.ts';
import type { VirtualTiming } from './virtual-timing.ts';
import { namedBatch } from '../../usage/testing/named-records.ts';

const PATIENCE_MS = 2_000;
const LOOK_AGAIN_MS = 20;
const RECALL_MS = 240;

interface ModelLease { readonly id: string; readonly account: string; readonly relayId: string; readonly epoch: number; readonly granted: number; outstanding: number; open: boolean }
type ModelLink = MoneyOptions['link'] & { readonly listeners: Set<(message: RelayMessage) => void>; dead: boolean };

export interface ModelOptions {
  readonly timing: VirtualTiming;
  /** One way over the wire, milliseconds. */
  readonly delayMs: () => number;
  readonly loses: () => boolean;
  /** The share of what is free that one grant may take; 4 as in production, 1 to give all that is asked. */
  readonly divisor?: number;
}

export class AuthorityModel {
  readonly balances = new Map<string, number>();
  readonly charges = new Map<string, UsageEvent>();
  readonly leases = new Map<string, ModelLease>();
  readonly duplicates: UsageEvent[] = [];
  recoveries = 0;
  requests = 0;
  /** Answers no want. */
  silent = false;
  /** Takes no record. */
  deaf = false;
  private readonly options: ModelOptions;
  private readonly links: ModelLink[] = [];
  private readonly cursors = new Map<string, number>();
  private readonly answered = new Map<string, LeaseAnswer>();

  constructor(options: ModelOptions) { this.options = options; }

  link(relayId: string, epoch: number): ModelLink {
    const link: ModelLink = {
      relayId, epoch, dead: false, listeners: new Set(), onConnection: () => () => undefined, setState: () => undefined,
      onMessage: (listener) => { link.listeners.add(listener); return () => link.listeners.delete(listener); },
      append: (stream, body) => link.appendJson(stream, Buffer.from(JSON.stringify(body))),
      appendJson: (stream, json) => {
        if (this.options.loses()) return Promise.resolve(this.options.loses());
        this.later(() => { if (stream === 'weir:leases') this.lease(JSON.parse(json.toString())); else this.settle(namedBatch(json.toString())); });
        return Promise.resolve(true);
      },
    };
    this.links.push(link);
    return link;
  }

  lent(account: string): number {
    let sum = 0;
    for (const lease of this.leases.values()) if (lease.open && lease.account === account) sum += lease.outstanding;
    return sum;
  }

  private free(account: string): number { return (this.balances.get(account) ?? 0) - this.lent(account); }
  private later(work: () => void): void { this.options.timing.after(this.options.delayMs(), work); }

  private tell(relayId: string, message: RelayMessage): void {
    if (this.options.loses()) return;
    this.later(() => {
      for (const link of this.links) if (link.relayId === relayId && !link.dead) for (const listener of link.listeners) listener(message);
    });
  }

  private lease(request: LeaseRequest): void {
    this.requests++;
    if (this.silent) return;
    const before = this.answered.get(request.nonce);
    if (before) { this.tell(request.relayId, { lease: before }); return; }
    if (request.recovered) this.close(request);
    void this.answer(request);
  }

  /** What can be decided is answered at once, without the rest: that is asked for again, alone. */
  private async answer(request: LeaseRequest): Promise<void> {
    let grants: LeaseGrant[] = [];
    for (let waitedMs = 0; grants.length === 0 && request.wants.length > 0; waitedMs += LOOK_AGAIN_MS) {
      if (waitedMs > 0) await new Promise<void>((resolve) => { this.options.timing.after(LOOK_AGAIN_MS, resolve); });
      grants = request.wants.flatMap((want) => this.grant(request, want, waitedMs) ?? []);
    }
    const renewed = request.renew.filter((id) => this.leases.get(id)?.open);
    const answer: LeaseAnswer = { nonce: request.nonce, grants, renewed, lifeMs: 570_000 };
    this.answered.set(request.nonce, answer);
    this.tell(request.relayId, { lease: answer });
  }

  /** @returns undefined: not now, but others may give back */
  private grant(request: LeaseRequest, want: LeaseWant, waitedMs: number): LeaseGrant | undefined {
    const { account } = want;
    const need = Number(want.need);
    const free = this.free(account);
    if (free >= need) {
      const granted = Math.max(need, Math.min(Number(want.prefer), Math.floor(free / (this.options.divisor ?? 4))));
      const id = `${request.nonce}/${account}`;
      // As the unique key in PostgreSQL: one ask, one lease, also while its first copy still waits for others to return theirs.
      const twin = this.leases.get(id);
      if (twin) return { account, leaseId: id, granted: String(twin.granted), available: String(free), refusal: null };
      this.leases.set(id, { id, account, relayId: request.relayId, epoch: request.epoch, granted, outstanding: granted, open: true });
      return { account, leaseId: id, granted: String(granted), available: String(free - granted), refusal: null };
    }
    if (waitedMs >= PATIENCE_MS || free + this.lent(account) < need) {
      return { account, leaseId: null, granted: '0', available: String(free), refusal: 'INSUFFICIENT' };
    }
    if (waitedMs % RECALL_MS === 0) for (const relayId of new Set(this.links.map((link) => link.relayId))) this.tell(relayId, { recall: [account] });
    return undefined;
  }

  private close({ relayId, epoch }: LeaseRequest): void {
    this.recoveries++;
    for (const lease of this.leases.values()) if (lease.relayId === relayId && lease.epoch < epoch) lease.open = false;
  }

  private settle({ relayId, epoch, records }: UsageBatch): void {
    if (this.deaf) return;
    const key = `${relayId}/${epoch}`;
    let cursor = this.cursors.get(key) ?? 0;
    for (const { sequence, usage, returned } of records) {
      if (sequence !== cursor + 1) continue;
      cursor = sequence;
      if (usage) this.charge(usage);
      const lease = returned && this.leases.get(returned.leaseId);
      if (lease) lease.outstanding = Math.max(0, lease.outstanding - Number(returned.amount));
    }
    this.cursors.set(key, cursor);
    this.tell(relayId, { ack: { epoch, sequence: cursor } });
  }

  private charge(usage: UsageEvent): void {
    if (this.charges.has(usage.chargeId)) { this.duplicates.push(usage); return; }
    this.charges.set(usage.chargeId, usage);
    for (const { leaseId, account, amount } of usage.draws) {
      this.balances.set(account, (this.balances.get(account) ?? 0) - Number(amount));
      const lease = this.leases.get(leaseId);
      if (lease) lease.outstanding = Math.max(0, lease.outstanding - Number(amount));
    }
  }
}
