import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { sqlOf } from '../../../database/sql.ts';
import type { Clock } from '../../../kernel/running/clock.ts';
import { typedId } from '../../../kernel/typed-id.ts';
import { JobFailure, jobKind, type JobKind } from '../../job/job-kind.ts';
import { noteForRoot } from '../../notification/note-for-root.ts';
import { ChannelStatus, type Channel } from '../channel.entity.ts';
import { enabledCredentials } from '../credential/credentials-of.ts';
import { eachChannel, namedOr, type ChannelStep } from '../each-channel.ts';
import { switchChannel } from '../monitor/switch-channel.ts';
import { readTestRules, verdictOf, type TestRules } from '../monitor/verdict.ts';
import { tryChannel, type Probe } from './try-channel.ts';

export const channelTestName = 'channel-test';

const input = z.object({ ids: z.array(z.int()).nullable(), recovery: z.boolean().default(false) });

interface Bench { em: EntityManager; clock: Clock; probe: Probe; rules: TestRules }

async function testOne(channel: Channel, { em, clock, probe, rules }: Bench): Promise<ChannelStep> {
  const tried = await tryChannel(em, clock, probe, channel);
  if (!tried) throw new JobFailure('No relay answered');
  const { ok, latencyMs, errorCode, message } = tried;
  const verdict = verdictOf(channel, await enabledCredentials(em, channel.id), tried, rules);
  const switched = verdict !== undefined && await switchChannel(em, channel, verdict, clock.now());
  const outcome = ok ? `${latencyMs} ms` : [errorCode, message].filter(Boolean).join(': ');
  return { subject: typedId('channel', channel.id), ok, switched, message: switched ? `${outcome}; now ${verdict.status}` : outcome };
}

/** Every channel that no person has switched off, or those that are named. Without a relay it cannot go on. */
export const channelTestJob = (probe: Probe): JobKind => jobKind({
  name: channelTestName, input,
  async work(run) {
    const { ids, recovery } = run.input, rules = await readTestRules(sqlOf(run.fork()));
    const chosen = recovery ? namedOr(ids, ChannelStatus.AUTO_DISABLED) : namedOr(ids, ChannelStatus.ENABLED, ChannelStatus.AUTO_DISABLED);
    const { passed, failed, switched } = await eachChannel(run, chosen, (channel) => testOne(channel, { em: run.fork(), clock: run.clock, probe, rules }));
    // Who has it done by the clock would hear of nothing else.
    if (run.requestedById !== null) await noteForRoot(sqlOf(run.fork()), 'CHANNEL_TEST', { passed: String(passed), failed: String(failed), switched: String(switched) }, run.clock.now());
    return `${passed} passed, ${failed} failed, ${switched} switched`;
  },
});
