/** A job over channels: eight abreast, in the order of their numbers, so that a run can go on after the last one of an earlier run. */
import { z } from 'zod';
import type { JobRun, StepResult } from '../job/job-kind.ts';
import { Channel, ChannelStatus } from './channel.entity.ts';

/** Enough that a slow provider does not hold up all, few enough to go unnoticed. */
const abreast = 8;

export interface ChannelStep extends StepResult {
  /** Whether it switched the channel on or off. */
  switched?: boolean;
}

const tally = z.object({ after: z.int(), passed: z.int(), failed: z.int(), switched: z.int() });
export type Tally = Omit<z.infer<typeof tally>, 'after'>;

/** Named ones, whatever their status, or those of some statuses. */
export type ChosenChannels = { ids: readonly number[] } | { statuses: readonly ChannelStatus[] };

export const namedOr = (ids: readonly number[] | null, ...statuses: ChannelStatus[]): ChosenChannels => (ids ? { ids } : { statuses });

const whereOf = (chosen: ChosenChannels, after: number) =>
  ('ids' in chosen ? { id: { $gt: after, $in: [...chosen.ids] } } : { id: { $gt: after }, status: { $in: [...chosen.statuses] } });

export async function eachChannel({ state, fork, signal, report }: JobRun<unknown>, chosen: ChosenChannels, work: (channel: Channel) => Promise<ChannelStep>): Promise<Tally> {
  let { after, passed, failed, switched } = tally.safeParse(state).data ?? { after: 0, passed: 0, failed: 0, switched: 0 };
  if (after === 0) await report({ total: await fork().count(Channel, whereOf(chosen, 0)) });
  for (;;) {
    signal.throwIfAborted();
    const channels = await fork().find(Channel, whereOf(chosen, after), { orderBy: { id: 'asc' }, limit: abreast });
    if (!channels.length) return { passed, failed, switched };
    const results = await Promise.all(channels.map(work)), bad = results.filter(({ ok }) => !ok).length;
    after = channels.at(-1)!.id;
    [passed, failed, switched] = [passed + results.length - bad, failed + bad, switched + results.filter((step) => step.switched).length];
    await report({ done: results.length, failed: bad, results, state: { after, passed, failed, switched } });
  }
}
