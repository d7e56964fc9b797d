import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { touch } from '../../relay-link/snapshot-changes.ts';
import { Channel } from '../channel.entity.ts';
import { modelsFit } from '../check/check-channel.ts';
import { diffOf } from './upstream-diff.ts';
import { UpstreamModels } from './upstream-models.entity.ts';
import { watchOf } from './upstream-watch.ts';

/** Gives a channel the models that its provider has and it has not, where it wants that. @returns those; undefined: they would not fit */
export async function takeModels(em: EntityManager, channelId: number): Promise<readonly string[] | undefined> {
  return em.fork().transactional(async (inner) => {
    const channel = await inner.findOne(Channel, { id: channelId }, { lockMode: LockMode.PESSIMISTIC_WRITE }), upstream = channel && await inner.findOne(UpstreamModels, { channelId });
    const { added } = channel && upstream && watchOf(channel).takes ? diffOf(channel, upstream) : { added: [] };
    if (!channel || !upstream || added.length === 0) return [];
    const models = [...channel.models, ...added];
    if (!modelsFit(models)) return undefined;
    // As an edit: whoever has the channel open would write over it otherwise.
    Object.assign(channel, { models, version: channel.version + 1 });
    upstream.taken = [...upstream.taken, ...added];
    touch(inner, 'channel', channel.id);
    await inner.flush();
    return added;
  });
}
