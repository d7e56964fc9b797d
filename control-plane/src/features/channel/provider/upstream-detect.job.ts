import { z } from 'zod';
import { typedId } from '../../../kernel/typed-id.ts';
import { PlainError } from '../../../kernel/words/user-error.ts';
import { jobKind, type JobKind, type JobRun } from '../../job/job-kind.ts';
import { ChannelStatus, type Channel } from '../channel.entity.ts';
import { eachChannel, namedOr, type ChannelStep } from '../each-channel.ts';
import { detectModels, type FetchRoom } from './model-fetch.ts';
import { diffOf } from './upstream-diff.ts';

export const upstreamDetectName = 'channel-upstream-detect';

async function detectOne({ fork, clock }: Pick<JobRun<unknown>, 'fork' | 'clock'>, channel: Channel, room: FetchRoom): Promise<ChannelStep> {
  const subject = typedId('channel', channel.id), found = await detectModels(fork(), channel, { clock, language: 'en' }, room);
  if (found instanceof PlainError) return { subject, ok: false, message: found.message };
  const { added, removed } = diffOf(channel, found);
  return { subject, ok: true, message: `${added.length} added, ${removed.length} removed` };
}

/** Asks the providers of every channel that is on, or of those that are named, for their models. */
export const upstreamDetectJob = (room: FetchRoom): JobKind => jobKind({
  name: upstreamDetectName, input: z.object({ ids: z.array(z.int()).nullable() }),
  async work(run) {
    const { passed, failed } = await eachChannel(run, namedOr(run.input.ids, ChannelStatus.ENABLED), (channel) => detectOne(run, channel, room));
    return `${passed} told, ${failed} not`;
  },
});
