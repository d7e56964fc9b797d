/** A relay as the control plane sees it: asks, spends, ships and gives back over a real Redis. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { LeaseAnswer, LeaseRequest, RelayMessage } from '../features/relay-link/wire/lease.ts';
import type { LeaseReturn, SpoolRecord, UsageEvent } from '../features/relay-link/wire/usage.ts';
import type { MoneyHouse } from './money-house.ts';
import { usageEvent } from './money-house.ts';

interface Held { leaseId: string; free: bigint }

export class FakeRelay {
  readonly spool: SpoolRecord[] = [];
  acked = 0;
  recalls = 0;
  private readonly ears: Redis;
  private readonly answers = new Map<string, (answer: LeaseAnswer) => void>();
  private readonly held = new Map<string, Held[]>();
  private readonly asking = new Map<string, Promise<boolean>>();
  private shipping: NodeJS.Timeout | undefined;

  private constructor(private readonly house: MoneyHouse, readonly id: string, readonly epoch: number) {
    this.ears = house.redis.duplicate({ commandTimeout: undefined, maxRetriesPerRequest: null });
    this.ears.on('error', () => {});
    this.ears.on('message', (channel: string, text: string) => this.hear(channel, text));
  }

  static async start(house: MoneyHouse, id = `relay-${randomUUID().slice(0, 8)}`, epoch = 1): Promise<FakeRelay> {
    const relay = new FakeRelay(house, id, epoch);
    await relay.ears.subscribe(`weir:relay:${id}`);
    relay.shipping = setInterval(() => { relay.ship().catch(() => {}); }, 300);
    return relay;
  }

  stop(): void {
    clearInterval(this.shipping);
    this.ears.disconnect();
  }

  get isShipped(): boolean {
    return this.acked === this.spool.length;
  }

  /** Undefined when nobody answered within 2.5 seconds. */
  async ask(over: Partial<LeaseRequest>): Promise<LeaseAnswer | undefined> {
    const nonce = randomUUID(), request: LeaseRequest = { relayId: this.id, epoch: this.epoch, nonce, wants: [], renew: [], recovered: false, ...over };
    const timers: NodeJS.Timeout[] = [];
    try {
      return await new Promise<LeaseAnswer | undefined>((resolve) => {
        this.answers.set(request.nonce, resolve);
        for (const delay of [0, 1_000, 2_000]) timers.push(setTimeout(() => { this.append('weir:leases', request).catch(() => {}); }, delay));
        timers.push(setTimeout(() => resolve(undefined), 2_500));
      });
    } finally {
      timers.forEach(clearTimeout);
      this.answers.delete(request.nonce);
    }
  }

  /** Holds `cost` from the leases of the account, asking for more when they do not cover it; undefined: refused. */
  async reserve(account: string, cost: bigint): Promise<string | undefined> {
    for (;;) {
      const lease = this.held.get(account)?.find((each) => each.free >= cost);
      if (lease) {
        lease.free -= cost;
        return lease.leaseId;
      }
      if (!(await this.borrow(account, cost))) return undefined;
    }
  }

  /** One request of fixed price, from admission to its record in the spool. True: it was served. */
  async serve(userId: number, cost: bigint, over: Partial<UsageEvent> = {}): Promise<boolean> {
    const account = `user:${userId}`, leaseId = await this.reserve(account, cost);
    if (leaseId === undefined) return false;
    this.record({ usage: usageEvent({ userId, amount: String(cost), draws: [{ leaseId, account, amount: String(cost) }], ...over }) });
    return true;
  }

  record(content: { usage: UsageEvent } | { returned: LeaseReturn }): void {
    this.spool.push({ sequence: this.spool.length + 1, ...content });
  }

  async ship(from = this.acked): Promise<void> {
    for (let at = from; at < this.spool.length; at += 256) {
      await this.append('weir:usage', { relayId: this.id, epoch: this.epoch, records: this.spool.slice(at, at + 256) });
    }
  }

  async append(stream: string, body: object): Promise<void> {
    const json = JSON.stringify(body);
    await this.house.redis.xadd(stream, '*', 'body', json, 'mac', this.house.seal.mac(`${stream}\n${json}`));
  }

  private borrow(account: string, cost: bigint): Promise<boolean> {
    let asking = this.asking.get(account);
    if (!asking) {
      asking = this.request(account, cost).finally(() => this.asking.delete(account));
      this.asking.set(account, asking);
    }
    return asking;
  }

  private async request(account: string, cost: bigint): Promise<boolean> {
    const answer = await this.ask({ wants: [{ account, need: String(cost), prefer: String(8n * cost) }] });
    const grant = answer?.grants[0];
    if (!grant?.leaseId) return false;
    const leases = this.held.get(account) ?? [];
    leases.push({ leaseId: grant.leaseId, free: BigInt(grant.granted) });
    this.held.set(account, leases);
    return true;
  }

  private hear(channel: string, text: string): void {
    const json = this.house.seal.unpack(channel, text);
    if (json === undefined) return;
    const { lease, ack, recall } = JSON.parse(json) as RelayMessage;
    if (lease) this.answers.get(lease.nonce)?.(lease);
    if (ack?.epoch === this.epoch) this.acked = Math.max(this.acked, ack.sequence);
    for (const account of recall ?? []) this.giveBack(account);
  }

  private giveBack(account: string): void {
    this.recalls++;
    for (const lease of this.held.get(account) ?? []) {
      if (lease.free > 0n) this.record({ returned: { leaseId: lease.leaseId, account, amount: String(lease.free) } });
      lease.free = 0n;
    }
    this.ship().catch(() => {});
  }
}
