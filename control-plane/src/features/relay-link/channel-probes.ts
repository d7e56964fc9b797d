import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { MessageSeal } from './message-seal.ts';
import type { RelayChannel } from './relay-channel.ts';
import type { RelayRegistry } from './relay-registry.ts';
import type { ChannelProbeResult } from './wire/lease.ts';

const patienceMs = 65_000;

const form = z.object({
  nonce: z.string(), ok: z.boolean(), durationMs: z.int().min(0), status: z.int().nullish(), failure: z.string().nullish(), detail: z.string().nullish(),
}) satisfies z.ZodType<ChannelProbeResult>;

/** Has channels tested by a relay: only relays speak to upstreams. */
export class ChannelProbes {
  constructor(
    private readonly redis: Redis, private readonly seal: MessageSeal, private readonly channel: RelayChannel,
    private readonly relays: RelayRegistry, private readonly clock: Clock,
  ) {}

  /** Undefined when no relay runs, when Redis is away, and when the relay does not answer within 65 seconds. */
  async probe(channelId: number, model: string): Promise<ChannelProbeResult | undefined> {
    const [relay] = (await this.relays.live()).toSorted((one, other) => other.version - one.version || other.seenAt - one.seenAt);
    if (!relay) return undefined;
    const nonce = randomUUID(), place = `weir:probes:${nonce}`;
    // A connection for this test alone: subscribing forbids other commands, and tests are few and long.
    const ears = this.redis.duplicate({ commandTimeout: 2_000, maxRetriesPerRequest: 1 });
    ears.on('error', () => {});                          // what fails here also fails below
    let timer: NodeJS.Timeout | undefined;
    try {
      await ears.subscribe(place);
      const answer = new Promise<ChannelProbeResult | undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), patienceMs);
        ears.on('message', (_, text: string) => { const result = this.read(place, text); if (result) resolve(result); });
      });
      await this.channel.tell(relay.relayId, { probe: { nonce, channelId, model, askedAt: this.clock.now().getTime() } });
      return await answer;
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
      ears.disconnect();
    }
  }

  private read(place: string, text: string): ChannelProbeResult | undefined {
    const json = this.seal.unpack(place, text);
    return json === undefined ? undefined : form.safeParse(JSON.parse(json)).data;
  }
}
