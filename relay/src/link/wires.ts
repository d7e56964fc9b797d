import type { Redis } from 'ioredis';
import type { Random } from './backoff.ts';
import { RedisConnection } from './redis-connection.ts';

export interface WiresOptions {
  redisUrl: string;
  random: Random;
  log: { info(line: string): void; warn(line: string): void };
}

type Listener = (text: string) => void;

/** The connections of one relay: one for commands, one that listens, and one for each large read while it lasts. */
export class Wires {
  private readonly commands: RedisConnection;
  private readonly messages: RedisConnection;
  private readonly channels = new Map<string, Set<Listener>>();
  private readonly watchers = new Set<(connected: boolean) => void>();
  private readonly options: WiresOptions;
  private told: boolean | undefined;

  constructor(options: WiresOptions) {
    this.options = options;
    const { redisUrl: url, random } = options;
    const onChange = (_: boolean, reason: string) => this.changed(reason);
    this.commands = new RedisConnection({ url, random, commandMs: 100, silenceMs: 300, onChange });
    // Answers to SUBSCRIBE queue behind whatever Redis is busy with, and no request waits for them.
    this.messages = new RedisConnection({
      url, random, commandMs: 1_000, silenceMs: 1_500, prepare: (redis) => this.subscribe(redis),
      onChange: (up, reason) => {
        // A channel that was asked for between `prepare` and now is on no connection yet; asking twice costs nothing.
        if (up) void this.messages.run((redis) => this.subscribeAll(redis));
        this.changed(reason);
      },
    });
  }

  get connected(): boolean {
    return this.commands.up && this.messages.up;
  }

  /** A command with a deadline of 100 ms; undefined when it failed. Never rejects. */
  run<T>(work: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    return this.commands.run(work);
  }

  /** A read that may be large, on a connection of its own so that nothing queues behind it. Undefined when it failed, which is told. */
  async runLarge<T>(work: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    const { redisUrl: url, random } = this.options;
    let settle: (up: boolean, reason: string) => void = () => {};
    const changed = new Promise<string | undefined>((resolve) => { settle = (up, reason) => resolve(up ? undefined : reason); });
    const connection = new RedisConnection({ url, random, commandMs: 15_000, silenceMs: 5_000, onChange: (up, reason) => settle(up, reason) });
    try {
      const fault = await changed;
      const result = fault === undefined ? await connection.run(work) : undefined;
      if (result === undefined) this.options.log.warn(`redis: a large read failed (${fault ?? 'it took too long, or was refused'})`);
      return result;
    } finally {
      connection.close();
    }
  }

  listen(channel: string, listener: Listener): () => void {
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners.add(listener));
    void this.messages.run((redis) => redis.subscribe(channel));
    return () => { listeners.delete(listener); };
  }

  onConnection(watcher: (connected: boolean) => void): () => void {
    this.watchers.add(watcher);
    return () => { this.watchers.delete(watcher); };
  }

  close(): void {
    this.watchers.clear();
    this.told = false;                                   // going away on purpose is no news
    this.commands.close();
    this.messages.close();
  }

  private async subscribe(redis: Redis): Promise<void> {
    redis.on('message', (channel: string, text: string) => this.channels.get(channel)?.forEach((listener) => listener(text)));
    await this.subscribeAll(redis);
  }

  private async subscribeAll(redis: Redis): Promise<void> {
    if (this.channels.size) await redis.subscribe(...this.channels.keys());
  }

  private changed(reason: string): void {
    const { connected } = this;
    if (connected === this.told || (!connected && this.told === undefined && reason === '')) return;
    this.told = connected;
    if (connected) this.options.log.info('redis: connected');
    else this.options.log.warn(`redis: away (${reason}); serving from memory, trying again`);
    this.watchers.forEach((watcher) => watcher(connected));
  }
}
