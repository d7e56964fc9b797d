/** What people ask providers about channels: balances, and the models that are new there or gone. */
import { LockMode } from '@mikro-orm/core';
import type { RequestContext } from '../../../kernel/context.ts';
import { notFound, refusal } from '../../../kernel/words/refusal.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import type { JobService } from '../../job/job.service.ts';
import { JobPayload } from '../../job/job.types.ts';
import { touch } from '../../relay-link/snapshot-changes.ts';
import { Channel } from '../channel.entity.ts';
import type { ChannelPatch } from '../channel.inputs.ts';
import type { ChannelPayload } from '../channel.payloads.ts';
import { checkChannel } from '../check/check-channel.ts';
import { surroundingsOf } from '../check/surroundings.ts';
import { refreshBalance, type BalanceRoom } from './balance.ts';
import { balanceJobName } from './balance.job.ts';
import { ChannelBalancePayload } from './model-fetch.types.ts';
import { upstreamDetectName } from './upstream-detect.job.ts';
import { UpstreamModels } from './upstream-models.entity.ts';

const mostIds = 1_000;

export interface UpstreamChoice { add: readonly string[]; remove: readonly string[]; ignore: readonly string[] | null }

export class ProviderService {
  constructor(private readonly room: BalanceRoom, private readonly jobs: JobService) {}

  async refreshBalance(ctx: RequestContext, id: string): Promise<ChannelBalancePayload> {
    const channel = await ctx.em.findOne(Channel, { id: readId('channel', id) });
    if (!channel) return new ChannelBalancePayload(null, [notFound(ctx)]);
    const fault = await refreshBalance(ctx.em, channel, ctx.language, this.room);
    return fault ? new ChannelBalancePayload(null, [fault]) : new ChannelBalancePayload(channel);
  }

  refreshBalances(ctx: RequestContext, ids: readonly string[] | null): Promise<JobPayload> {
    return this.begin(ctx, balanceJobName, ids);
  }

  detect(ctx: RequestContext, ids: readonly string[] | null): Promise<JobPayload> {
    return this.begin(ctx, upstreamDetectName, ids);
  }

  /** Changes the models of the channel, and what is ignored from now on. */
  async apply(ctx: RequestContext, id: string, { add, remove, ignore }: UpstreamChoice): Promise<ChannelPayload> {
    const around = await surroundingsOf(ctx.em, []);
    return ctx.em.transactional(async (em) => {
      const channel = await em.findOne(Channel, { id: readId('channel', id) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      const upstream = channel && await em.findOne(UpstreamModels, { channelId: channel.id });
      if (!channel || !upstream) return refused(notFound(ctx));
      const gone = new Set(remove), models = [...new Set([...channel.models.filter((model) => !gone.has(model)), ...add])];
      const patch: ChannelPatch = { models }, faults = checkChannel(ctx, patch, around);
      if (ignore && (ignore.length > mostIds || ignore.some((model) => model.length > 255))) faults.push(refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'too_many_items', ['ignore']));
      if (faults.length) return refused(...faults);
      if (add.length || remove.length) {
        Object.assign(channel, { models, version: channel.version + 1 });
        touch(em, 'channel', channel.id);
      }
      if (ignore) upstream.ignored = [...new Set(ignore)];
      await em.flush();
      return { channel, userErrors: [] };
    });
  }

  /** All of them, or those that are named; one run of a kind at a time. */
  private async begin(ctx: RequestContext, name: string, ids: readonly string[] | null): Promise<JobPayload> {
    if (ids && (ids.length === 0 || ids.length > mostIds)) return new JobPayload(null, [refusal(ctx, UserErrorCode.OUT_OF_RANGE, ids.length ? 'too_many_items' : 'invalid_params', ['ids'])]);
    return this.jobs.begin(ctx, { name }, { input: { ids: ids?.map((id) => readId('channel', id)) ?? null }, exclusiveKey: name });
  }
}

const refused = (...userErrors: UserError[]): ChannelPayload => ({ channel: null, userErrors });
