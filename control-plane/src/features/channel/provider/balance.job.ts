import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { typedId } from '../../../kernel/typed-id.ts';
import { jobKind, type JobKind } from '../../job/job-kind.ts';
import { ChannelStatus, type Channel } from '../channel.entity.ts';
import { eachChannel, namedOr, type ChannelStep } from '../each-channel.ts';
import { switchChannel } from '../monitor/switch-channel.ts';
import { refreshBalance, type BalanceRoom } from './balance.ts';

export const balanceJobName = 'channel-balance';

/** One whose money is gone is switched off, unless nothing may switch it off by itself. */
async function refreshOne(em: EntityManager, channel: Channel, room: BalanceRoom): Promise<ChannelStep> {
  const subject = typedId('channel', channel.id), fault = await refreshBalance(em, channel, 'en', room);
  if (fault) return { subject, ok: false, message: fault.message };
  const isSpent = channel.balanceMillionths <= 0 && channel.status === ChannelStatus.ENABLED && channel.autoBan;
  const switched = isSpent && await switchChannel(em, channel, { status: ChannelStatus.AUTO_DISABLED, reason: `The balance is ${channel.balance}` }, room.clock.now());
  return { subject, ok: true, switched, message: switched ? `${channel.balance}; now AUTO_DISABLED` : channel.balance };
}

/** Every channel that is on, or those that are named. */
export const balanceJob = (room: BalanceRoom): JobKind => jobKind({
  name: balanceJobName, input: z.object({ ids: z.array(z.int()).nullable() }),
  async work(run) {
    const { passed, failed, switched } = await eachChannel(run, namedOr(run.input.ids, ChannelStatus.ENABLED), (channel) => refreshOne(run.fork(), channel, room));
    return `${passed} told, ${failed} not, ${switched} switched`;
  },
});
