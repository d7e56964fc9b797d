/** The channel test: a relay sends one small request through the channel and tells how it went. */
import type { RequestContext } from '../../kernel/context.ts';
import { say } from '../../kernel/messages.ts';
import { notFound } from '../../kernel/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import type { ChannelProbeResult } from '../relay-link/wire/lease.ts';
import { Channel } from './channel.entity.ts';
import type { ChannelTestPayload } from './channel.payloads.ts';

/** Undefined when no relay answered in time. */
export type Probe = (channelId: number, model: string) => Promise<ChannelProbeResult | undefined>;

export class ChannelTestService {
  constructor(private readonly probe: Probe) {}

  /** Without a model: the test model of the channel, else its first one. */
  async test(ctx: RequestContext, id: string, model?: string | null): Promise<ChannelTestPayload> {
    const channel = await ctx.em.findOne(Channel, { id: readId('channel', id) });
    if (!channel) return { result: null, userErrors: [notFound(ctx)] };
    const asked = model?.trim() || channel.testModel || channel.models[0]!;
    const found = await this.probe(channel.id, asked);
    if (!found) {
      const message = say('channel_no_relay', ctx.language);
      return { result: { channel, model: asked, ok: false, latencyMs: 0, httpStatus: null, errorCode: 'no_relay', message }, userErrors: [] };
    }
    const { ok, durationMs, status = null, failure = null, detail = null } = found;
    // Statistics, not an edit: neither the version nor the relays' picture changes.
    const measured = { testedAt: ctx.clock.now(), ...(ok && { responseTimeMs: durationMs }) };
    await ctx.em.nativeUpdate(Channel, { id: channel.id }, measured);
    Object.assign(channel, measured);
    return { result: { channel, model: asked, ok, latencyMs: durationMs, httpStatus: status, errorCode: failure, message: detail }, userErrors: [] };
  }
}
