/** The channel test: a relay sends one small request through the channel and tells how it went. */
import type { RequestContext } from '../../../kernel/context.ts';
import { say } from '../../../kernel/words/messages.ts';
import { notFound, refusal } from '../../../kernel/words/refusal.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { UserErrorCode } from '../../../kernel/words/user-error.ts';
import type { JobService } from '../../job/job.service.ts';
import { JobPayload } from '../../job/job.types.ts';
import type { ProbeEndpoint } from '../../relay-link/wire/lease.ts';
import { Channel } from '../channel.entity.ts';
import type { ChannelTestPayload } from '../channel.payloads.ts';
import { channelTestName } from './channel-test.job.ts';
import { tryChannel, type Probe } from './try-channel.ts';

const mostIds = 1_000;

export class ChannelTestService {
  constructor(private readonly probe: Probe, private readonly jobs: JobService) {}

  async test(ctx: RequestContext, id: string, model?: string | null, endpoint?: ProbeEndpoint | null): Promise<ChannelTestPayload> {
    const channel = await ctx.em.findOne(Channel, { id: readId('channel', id) });
    if (!channel) return { result: null, userErrors: [notFound(ctx)] };
    const tried = await tryChannel(ctx.em, ctx.clock, this.probe, channel, model, endpoint);
    if (tried) return { result: { channel, ...tried }, userErrors: [] };
    const asked = model?.trim() || channel.testModel || channel.models[0]!, message = say('channel_no_relay', ctx.language);
    return { result: { channel, model: asked, ok: false, latencyMs: 0, httpStatus: null, errorCode: 'no_relay', message }, userErrors: [] };
  }

  /** In the background, one such run at a time. Without ids: every channel that no person has switched off. */
  async testMany(ctx: RequestContext, ids: readonly string[] | null): Promise<JobPayload> {
    if (ids && (ids.length === 0 || ids.length > mostIds)) return new JobPayload(null, [refusal(ctx, UserErrorCode.OUT_OF_RANGE, ids.length ? 'too_many_items' : 'invalid_params', ['ids'])]);
    const rows = ids?.map((id) => readId('channel', id));
    const begun = await this.jobs.begin(ctx, { name: channelTestName }, { input: { ids: rows ?? null }, exclusiveKey: channelTestName });
    return begun.job ? begun : new JobPayload(null, [refusal(ctx, UserErrorCode.CONFLICT, 'channel_test_running')]);
  }
}
