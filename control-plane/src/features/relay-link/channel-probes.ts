import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Clock } from '../../kernel/running/clock.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { Sql } from '../../database/sql.ts';
import type { MessageSeal } from './message-seal.ts';
import { publishedVersion } from './published-version.ts';
import type { RelayChannel } from './relay-channel.ts';
import type { RelayRegistry } from './relay-registry.ts';
import type { ProviderInquiryResult, ProviderQuestion } from './wire/inquiry.ts';
import type { ChannelProbeResult, ProbeEndpoint, RelayMessage } from './wire/lease.ts';
import type { OverrideRehearsal, OverrideRehearsalResult } from './wire/rehearsal.ts';
import type { RelayChannelExtra } from './wire/snapshot.ts';

const patienceMs = 65_000;

const tested = z.object({
  nonce: z.string(), ok: z.boolean(), durationMs: z.int().min(0), status: z.int().nullish(), failure: z.string().nullish(), detail: z.string().nullish(),
}) satisfies z.ZodType<ChannelProbeResult>;

const told = tested.extend({
  models: z.array(z.string().min(1).max(255)).max(100_000), balance: z.object({ amount: z.string().regex(/^-?\d{1,15}(\.\d{1,9})?$/), currency: z.string().max(32) }).nullish(),
}) satisfies z.ZodType<ProviderInquiryResult>;

const rehearsed = z.object({ nonce: z.string(), ok: z.boolean(), status: z.int().nullish(), detail: z.string().nullish(), body: z.string(), headers: z.array(z.string()) }) satisfies z.ZodType<OverrideRehearsalResult>;

/** An account at a provider, stored as a channel or not. */
export interface ProviderAccount {
  /** Channel type number. */
  type: number;
  /** Null: the address of the provider. */
  baseUrl: string | null;
  secret: string;
  extra: RelayChannelExtra;
  /** The way to it, where there is one. */
  proxy?: string | undefined;
}

/** Has channels tested, and accounts asked, by a relay: only relays speak to upstreams. */
export class ChannelProbes {
  constructor(
    private readonly redis: Redis, private readonly seal: MessageSeal, private readonly channel: RelayChannel,
    private readonly relays: RelayRegistry, private readonly clock: Clock, private readonly box: SecretBox, private readonly sql: Sql,
  ) {}

  /**
   * Tests the channel as it is saved now: the relay waits for that picture.
   *
   * @returns undefined when no relay runs, when Redis is away, and when the relay does not answer within 65 seconds
   */
  async probe(channelId: number, model: string, endpoint?: ProbeEndpoint | null): Promise<ChannelProbeResult | undefined> {
    const version = await publishedVersion(this.sql, 'channel', channelId);
    return this.ask(tested, (nonce, askedAt) => ({ probe: { nonce, channelId, model, ...(endpoint ? { endpoint } : {}), version, askedAt } }));
  }

  /** The models of an account, or its balance. `failure: not_offered`: its provider does not tell. Undefined: as `probe`. */
  inquire(question: ProviderQuestion, { type, baseUrl, secret, extra, proxy }: ProviderAccount): Promise<ProviderInquiryResult | undefined> {
    return this.ask(told, (nonce, askedAt) => {
      const sealed = (text: string, column: string) => this.box.seal(text, { table: 'provider_inquiry', row: nonce, column });
      return { inquiry: { nonce, question, type, baseUrl, extra, envelope: sealed(secret, 'secret'), proxyEnvelope: proxy ? sealed(proxy, 'proxy') : null, askedAt } };
    });
  }

  /** What overrides make of a request. Undefined: as `probe`. */
  rehearse(given: Omit<OverrideRehearsal, 'nonce' | 'askedAt'>): Promise<OverrideRehearsalResult | undefined> {
    return this.ask(rehearsed, (nonce, askedAt) => ({ rehearsal: { ...given, nonce, askedAt } }));
  }

  private async ask<Result>(form: z.ZodType<Result>, message: (nonce: string, askedAt: number) => RelayMessage): Promise<Result | undefined> {
    const [relay] = (await this.relays.live()).toSorted((one, other) => other.version - one.version || other.seenAt - one.seenAt);
    if (!relay) return undefined;
    const nonce = randomUUID(), place = `weir:probes:${nonce}`;
    // A connection for this test alone: subscribing forbids other commands, and tests are few and long.
    const ears = this.redis.duplicate({ commandTimeout: 2_000, maxRetriesPerRequest: 1 });
    ears.on('error', () => {});                          // what fails here also fails below
    let timer: NodeJS.Timeout | undefined;
    try {
      await ears.subscribe(place);
      const answer = new Promise<Result | undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), patienceMs);
        ears.on('message', (_, text: string) => { const result = this.read(place, text, form); if (result) resolve(result); });
      });
      await this.channel.tell(relay.relayId, message(nonce, this.clock.now().getTime()));
      return await answer;
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
      ears.disconnect();
    }
  }

  private read<Result>(place: string, text: string, form: z.ZodType<Result>): Result | undefined {
    const json = this.seal.unpack(place, text);
    return json === undefined ? undefined : form.safeParse(JSON.parse(json)).data;
  }
}
