import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Clock } from '../../kernel/running/clock.ts';
import { relayIdText, rowId } from './link-text.ts';
import type { RelayState } from './wire/relay-state.ts';

const key = 'weir:relays';
/** A relay writes each second; one unseen for so long is gone. */
const goneMs = 10_000, forgottenMs = 24 * 3_600_000;

const provider = z.object({
  type: rowId, name: z.string().max(64), label: z.string().max(200), baseUrl: z.string().max(2_048).nullish(), dialects: z.array(z.string().max(64)).max(50),
  credential: z.array(z.object({ name: z.string().max(64), kind: z.string().max(32) })).max(20), suggestedModels: z.array(z.string().max(255)).max(1_000),
});
const form = z.object({
  relayId: relayIdText, epoch: rowId, version: rowId, hash: z.string().max(64), refusal: z.string().max(4_096).nullish(), seenAt: z.int(), unshipped: rowId,
  address: z.string().max(255), providers: z.array(provider).max(500),
}) satisfies z.ZodType<RelayState>;

function read(text: string): RelayState | undefined {
  try { return form.safeParse(JSON.parse(text)).data; } catch { return undefined; }
}

/** The two members that are looked at often: without the long list of providers. */
const beat = form.pick({ version: true, seenAt: true });

/** What the relays say of themselves. While Redis is away: what they said last, and that grows old. */
export class RelayRegistry {
  private heard: Record<string, string> = {};

  constructor(private readonly redis: Redis, private readonly clock: Clock) {}

  /** Every relay of the last day, by id. A relay that ended in order has taken itself off the list. */
  async all(): Promise<RelayState[]> {
    const now = this.clock.now().getTime(), states: RelayState[] = [];
    try { this.heard = await this.redis.hgetall(key); } catch { /* the age of what we heard tells it */ }
    for (const [relayId, text] of Object.entries(this.heard)) {
      const state = read(text);
      if (state?.relayId === relayId && now - state.seenAt < forgottenMs) states.push(state);
      else await this.redis.hdel(key, relayId).catch(() => {});
    }
    return states.toSorted((one, other) => (one.relayId < other.relayId ? -1 : 1));
  }

  /** The version that each relay holds, and when it said so; rejects while Redis is away. */
  async versions(): Promise<{ version: number; seenAt: number }[]> {
    const states = (await this.redis.hvals(key)).map((text) => { try { return beat.safeParse(JSON.parse(text)).data; } catch { return undefined; } });
    return states.filter((state) => state !== undefined);
  }

  isLive(state: RelayState): boolean {
    return this.clock.now().getTime() - state.seenAt < goneMs;
  }

  async live(): Promise<RelayState[]> {
    return (await this.all()).filter((state) => this.isLive(state));
  }
}
