import type { RelayMessage } from '../gql/types.gen.ts';
import type { Clock } from '../trace/clock.ts';
import type { Inquirer, Link, Prober, StateReport, Streams } from './link.ts';
import type { MessageSeal } from './message-seal.ts';
import { ProbeDesk } from './probe-desk.ts';
import type { RelayIdentity } from './relay-identity.ts';
import { readRelayMessage } from './relay-message.ts';
import { StateHeartbeat } from './state-heartbeat.ts';
import type { Wires } from './wires.ts';

// While the reader of a stream is away Redis must not fill up: what is cut off is sent again by its owner.
const longest: Record<keyof Streams, number> = { 'weir:leases': 10_000, 'weir:usage': 1_000, 'weir:reports': 1_000, 'weir:figures': 1_000 };

/** The link over Redis. See Link for what it promises. */
export class RedisLink implements Link {
  readonly relayId: string;
  readonly epoch: number;
  /** Messages that were dropped because they were not signed for us or had no known form. */
  dropped = 0;
  private readonly listeners = new Set<(message: RelayMessage) => void>();
  private readonly probes: ProbeDesk;
  private readonly heartbeat: StateHeartbeat;
  private readonly wires: Wires;
  private readonly seal: MessageSeal;

  constructor(wires: Wires, seal: MessageSeal, identity: RelayIdentity, clock: Clock) {
    this.wires = wires;
    this.seal = seal;
    this.relayId = identity.id;
    this.epoch = identity.epoch;
    this.probes = new ProbeDesk((result) => this.publish(`weir:probes:${result.nonce}`, JSON.stringify(result)), () => clock.now());
    this.heartbeat = new StateHeartbeat((report) => {
      const state = JSON.stringify({ relayId: this.relayId, epoch: this.epoch, ...report, seenAt: Math.round(clock.now()) });
      void wires.run((redis) => redis.hset('weir:relays', this.relayId, state));
    });
    const channel = `weir:relay:${this.relayId}`;
    wires.listen(channel, (text) => this.receive(channel, text));
    wires.onConnection((connected) => { if (connected) this.heartbeat.beat(); });
  }

  get connected(): boolean {
    return this.wires.connected;
  }

  append<Name extends keyof Streams>(stream: Name, body: Streams[Name]): Promise<boolean> {
    return this.appendJson(stream, Buffer.from(JSON.stringify(body)));
  }

  async appendJson(stream: keyof Streams, body: Buffer): Promise<boolean> {
    const mac = this.seal.sign(stream, body);
    return (await this.wires.run((redis) => redis.xadd(stream, 'MAXLEN', '~', longest[stream], '*', 'body', body, 'mac', mac))) !== undefined;
  }

  onMessage(listener: (message: RelayMessage) => void): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    return this.wires.onConnection(listener);
  }

  setState(change: Partial<StateReport>): void {
    this.heartbeat.set(change);
  }

  answerProbes(prober: Prober, inquirer: Inquirer, onBug: (error: unknown) => void): void {
    Object.assign(this.probes, { prober, inquirer, onBug });
  }

  async close(): Promise<void> {
    this.heartbeat.stop();
    this.listeners.clear();
    await this.wires.run((redis) => redis.hdel('weir:relays', this.relayId));
    this.wires.close();
  }

  private publish(channel: string, json: string): void {
    void this.wires.run((redis) => redis.publish(channel, this.seal.pack(channel, json)));
  }

  private receive(channel: string, text: string): void {
    const json = this.seal.unpack(channel, text);
    const message = json === undefined ? undefined : readRelayMessage(json);
    if (!message) this.dropped++;
    else if (message.probe) void this.probes.answer(message.probe);
    else if (message.inquiry) void this.probes.inquire(message.inquiry);
    else if (message.rehearsal) this.probes.rehearse(message.rehearsal);
    else this.listeners.forEach((listener) => listener(message));
  }
}
