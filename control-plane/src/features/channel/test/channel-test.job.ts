import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { typedId } from '../../../kernel/typed-id.ts';
import { JobFailure, jobKind, type JobKind, type StepResult } from '../../job/job-kind.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';
import { tryChannel, type Probe } from './try-channel.ts';

export const channelTestName = 'channel-test';

/** Tests that run beside each other: enough that a slow provider does not hold up all, few enough to go unnoticed. */
const abreast = 8;

const input = z.object({ ids: z.array(z.int()).nullable() });
const place = z.object({ after: z.int(), passed: z.int(), failed: z.int() });

/** In the order of their numbers, so that a run can go on after the last one of an earlier run. */
function chosen({ ids }: z.infer<typeof input>, after: number) {
  return { id: { $gt: after, ...(ids && { $in: ids }) }, ...(ids ? {} : { status: { $ne: ChannelStatus.DISABLED } }) };
}

/** Every channel that no person has switched off, or those that are named. Without a relay it cannot go on. */
export const channelTestJob = (probe: Probe): JobKind => jobKind({
  name: channelTestName, input,
  async work({ input, state, fork, clock, signal, report }) {
    let { after, passed, failed } = place.safeParse(state).data ?? { after: 0, passed: 0, failed: 0 };
    if (after === 0) await report({ total: await fork().count(Channel, chosen(input, 0)) });
    for (;;) {
      signal.throwIfAborted();
      const em = fork(), channels = await em.find(Channel, chosen(input, after), { orderBy: { id: 'asc' }, limit: abreast });
      if (!channels.length) break;
      const results = await Promise.all(channels.map((channel) => testOne(em, channel)));
      after = channels.at(-1)!.id;
      const bad = results.filter(({ ok }) => !ok).length;
      [passed, failed] = [passed + results.length - bad, failed + bad];
      await report({ done: results.length, failed: bad, results, state: { after, passed, failed } });
    }
    return `${passed} passed, ${failed} failed`;

    async function testOne(em: EntityManager, channel: Channel): Promise<StepResult> {
      const tried = await tryChannel(em, clock, probe, channel);
      if (!tried) throw new JobFailure('No relay answered');
      const { ok, latencyMs, errorCode, message } = tried;
      return { subject: typedId('channel', channel.id), ok, message: ok ? `${latencyMs} ms` : [errorCode, message].filter(Boolean).join(': ') };
    }
  },
});
