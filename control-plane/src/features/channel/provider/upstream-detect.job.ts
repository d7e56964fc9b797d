import { z } from 'zod';
import { typedId } from '../../../kernel/typed-id.ts';
import { PlainError } from '../../../kernel/words/user-error.ts';
import { jobKind, type JobKind, type JobRun } from '../../job/job-kind.ts';
import { ChannelStatus, type Channel } from '../channel.entity.ts';
import { eachChannel, namedOr, type ChannelStep } from '../each-channel.ts';
import { detectModels, type FetchRoom } from './model-fetch.ts';
import { diffOf } from './upstream-diff.ts';
import { tellUpstreamNews } from './upstream-news.ts';
import { watchedChannels } from './upstream-watch.ts';

export const upstreamDetectName = 'channel-upstream-detect';

const input = z.object({ ids: z.array(z.int()).nullable(), /** By the clock, for channels that want it: people are told what is new. */ watched: z.boolean().default(false) });

async function detectOne({ fork, clock }: Pick<JobRun<unknown>, 'fork' | 'clock'>, channel: Channel, room: FetchRoom): Promise<ChannelStep> {
  const subject = typedId('channel', channel.id), found = await detectModels(fork(), channel, { clock, language: 'en' }, room);
  if (found instanceof PlainError) return { subject, ok: false, message: found.message };
  const { added, removed } = diffOf(channel, found);
  return { subject, ok: true, message: `${added.length} added, ${removed.length} removed` };
}

/** Asks the providers of every channel that is on, of those that are named, or of those that want it, for their models. */
export const upstreamDetectJob = (room: FetchRoom): JobKind => jobKind({
  name: upstreamDetectName, input,
  async work(run) {
    const ids = run.input.watched ? await watchedChannels(run.fork()) : run.input.ids;
    const { passed, failed } = await eachChannel(run, namedOr(ids, ChannelStatus.ENABLED), (channel) => detectOne(run, channel, room));
    const news = run.input.watched && ids ? await tellUpstreamNews(run.fork(), ids, run.clock.now()) : 0;
    return `${passed} told, ${failed} not${news > 0 ? `; something new for ${news}` : ''}`;
  },
});
