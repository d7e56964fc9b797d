/** Reading channels: lists, facets, models. */
import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/cursors.ts';
import { likeText, listPage, type ListOrder } from '../../kernel/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/page.ts';
import { readId } from '../../kernel/typed-id.ts';
import { Channel, ChannelStatus } from './channel.entity.ts';
import { ChannelOrderField, type ChannelFilter, type ChannelOrder } from './channel.inputs.ts';
import type { FacetCount } from './channel.payloads.ts';

/** A page, and what its facets count. */
export interface ChannelPage extends Connection<Channel> { em: EntityManager; where: FilterQuery<Channel> }

const columns: Record<ChannelOrderField, keyof Channel> = {
  ID: 'id', NAME: 'name', TYPE: 'type', STATUS: 'status', PRIORITY: 'priority', WEIGHT: 'weight',
  USED_QUOTA: 'usedQuota', RESPONSE_TIME: 'responseTimeMs', CREATED_AT: 'createdAt',
};

const contains = (text: string) => ({ $ilike: likeText(text) });

function searched(text: string): FilterQuery<Channel> {
  const byId = /^(ch_)?[1-9]\d{0,8}$/.test(text) ? [{ id: readId('channel', text) }] : [];
  return { $or: [...byId, { name: contains(text) }, { baseUrl: contains(text) }, { tag: contains(text) }] };
}

/** Channels that list a model containing the text; asked for apart, because the ORM cannot search inside an array. */
async function withModel(em: EntityManager, text: string): Promise<FilterQuery<Channel>> {
  const rows = await sqlOf(em)<{ id: number }>('select id from channel where exists (select from unnest(models) as m where m ilike $1)', [likeText(text)]);
  return { id: { $in: rows.map(({ id }) => id) } };
}

async function whereOf(em: EntityManager, filter: ChannelFilter): Promise<FilterQuery<Channel>> {
  const parts: FilterQuery<Channel>[] = [];
  if (filter.search?.trim()) parts.push(searched(filter.search.trim()));
  if (filter.ids) parts.push({ id: { $in: filter.ids.map((id) => readId('channel', id)) } });
  if (filter.statuses) parts.push({ status: { $in: filter.statuses } });
  if (filter.enabled != null) parts.push({ status: filter.enabled ? ChannelStatus.ENABLED : { $ne: ChannelStatus.ENABLED } });
  if (filter.types) parts.push({ type: { $in: filter.types } });
  if (filter.tags) parts.push({ tag: { $in: filter.tags } });
  if (filter.groups) parts.push({ groups: { $overlap: filter.groups } });
  if (filter.model?.trim()) parts.push(await withModel(em, filter.model.trim()));
  return parts.length ? { $and: parts } : {};
}

const byPriority: ListOrder<Channel> = { property: 'priority', direction: SortDirection.DESC };

export class ChannelList {
  constructor(private readonly cursors: Cursors) {}

  async page(ctx: RequestContext, filter: ChannelFilter, order: ChannelOrder | null | undefined, page: PageArgs): Promise<ChannelPage> {
    const { em } = ctx, where = await whereOf(em, filter);
    const sort = order ? { property: columns[order.field], direction: order.direction } : byPriority;
    return { ...await listPage(em, this.cursors, { entity: Channel, where, order: sort, asked: filter }, page), em, where };
  }

  one(ctx: RequestContext, id: string): Promise<Channel | null> {
    return ctx.em.findOne(Channel, { id: readId('channel', id) });
  }

  /** How many rows of the filter have each value. */
  async facet(page: ChannelPage, key: 'status' | 'type'): Promise<FacetCount[]> {
    const rows = await page.em.fork().find(Channel, page.where, { fields: [key] });
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(String(row[key]), (counts.get(String(row[key])) ?? 0) + 1);
    return [...counts].sort(([one], [other]) => one.localeCompare(other)).map(([value, count]) => ({ key: value, count }));
  }

  /** Models that some enabled channel serves, sorted. */
  async enabledModels(ctx: RequestContext): Promise<string[]> {
    const rows = await sqlOf(ctx.em)<{ model: string }>(`select distinct unnest(models) as model from channel where status = 'ENABLED' order by 1`);
    return rows.map(({ model }) => model);
  }
}
