import type { Redis } from 'ioredis';
import type { Clock } from '../../kernel/running/clock.ts';
import type { MessageSeal } from './message-seal.ts';
import type { Version } from './picture-store.ts';
import type { Difference } from './picture.ts';
import { readHead } from './read-head.ts';
import type { RelayDelta, RelayHead, RelayResource } from './wire/snapshot.ts';

const headKey = 'weir:snapshot:head', resourcesKey = 'weir:snapshot:resources', channel = 'weir:snapshot';
/** A delta larger than this is only announced: relays fetch the whole instead. */
const largestMessage = 512 * 1024;
const pairsAtOnce = 500;

// Applies a delta only on top of the head that we wrote last, and only while no resource was lost: what else is there gets
// written again as a whole. The resources and the head change in one step, so no relay can see a mixture.
const script = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('HLEN', KEYS[2]) ~= tonumber(ARGV[2]) then return 0 end
  local upserts = tonumber(ARGV[6])
  for i = 7, 6 + 2 * upserts, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
  for i = 7 + 2 * upserts, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
  redis.call('SET', KEYS[1], ARGV[3])
  redis.call('PUBLISH', ARGV[4], ARGV[5])
  return 1`;

interface Written { text: string; head: RelayHead; count: number }

/** Redis' side of publishing. Every method may reject while Redis is away; the board then counts as lost. */
export class PictureBoard {
  /** What stands in Redis, as far as we know; undefined: it must be written as a whole. */
  private written: Written | undefined;

  constructor(private readonly redis: Redis, private readonly seal: MessageSeal, private readonly clock: Clock) {}

  get isLost(): boolean {
    return this.written === undefined;
  }

  /** The head that stands in Redis, when it was signed by us. */
  async present(): Promise<RelayHead | undefined> {
    return readHead(this.seal, await this.redis.get(headKey));
  }

  async apply({ version, hash, count, upserts, removals }: Version & Difference): Promise<void> {
    const base = this.written?.head.version;
    await this.advance(version, hash, count, { base, upserts, removals });
  }

  /** Says that the picture is still this one, with a fresh time. */
  async beat(): Promise<void> {
    if (!this.written) return;
    const { head: { version, hash }, count } = this.written;
    await this.advance(version, hash, count, { base: null, upserts: [], removals: [] });
  }

  /** Writes everything again, or adopts what stands there when it is exactly this picture. */
  async rewrite({ version, hash, count }: Version, resources: readonly RelayResource[]): Promise<void> {
    this.written = undefined;
    const [text, length] = await Promise.all([this.redis.get(headKey), this.redis.hlen(resourcesKey)]);
    const present = readHead(this.seal, text);
    if (text !== null && present?.version === version && present.hash === hash && length === count) {
      this.written = { text, head: present, count };
      return this.beat();
    }
    const next = this.name(version, hash);
    const all = this.redis.multi().del(resourcesKey);
    for (let at = 0; at < resources.length; at += pairsAtOnce) {
      all.hset(resourcesKey, ...resources.slice(at, at + pairsAtOnce).flatMap(({ key, body }) => [key, body]));
    }
    all.set(headKey, next.text).publish(channel, this.message({ head: next.head, base: null, upserts: [], removals: [] }));
    for (const [error] of (await all.exec()) ?? [[new Error('The transaction was discarded')]]) if (error) throw error;
    this.written = { ...next, count };
  }

  private async advance(version: number, hash: string, count: number, change: Omit<RelayDelta, 'head'>): Promise<void> {
    const before = this.written;
    if (!before) return;
    this.written = undefined;                            // until Redis has said that it took it
    const next = this.name(version, hash), { upserts, removals } = change;
    const announced = { head: next.head, base: null, upserts: [], removals: [] };
    const full = this.message({ head: next.head, ...change });
    const message = full.length > largestMessage ? this.message(announced) : full;
    const pairs = upserts.flatMap(({ key, body }) => [key, body]);
    const taken = await this.redis.eval(script, 2, headKey, resourcesKey, before.text, before.count, next.text, channel, message, upserts.length, ...pairs, ...removals);
    if (taken === 1) this.written = { ...next, count };
  }

  private name(version: number, hash: string): { text: string; head: RelayHead } {
    const head = this.seal.head(version, hash, this.clock.now().getTime());
    return { head, text: JSON.stringify(head) };
  }

  private message(delta: RelayDelta): string {
    return this.seal.pack(channel, JSON.stringify(delta));
  }
}
