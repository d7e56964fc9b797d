/** Reading channels: lists, facets, models. */
import { raw, type FilterObject } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage, type ListOrder } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { readId } from '../../kernel/typed-id.ts';
import { Channel, ChannelStatus } from './channel.entity.ts';
import { ChannelOrderField, type ChannelFilter, type ChannelOrder } from './channel.inputs.ts';
import type { FacetCount } from './channel.payloads.ts';
import { tagPage } from './tag-page.ts';

/** A condition in the form that both the ORM's find and its query builder take. */
type ChannelWhere = FilterObject<Channel> & { $and?: ChannelWhere[]; $or?: ChannelWhere[] };

/** A page, and what its facets count. */
export interface ChannelPage extends Connection<Channel> { em: EntityManager; where: ChannelWhere }

const columns: Record<ChannelOrderField, keyof Channel> = {
  ID: 'id', NAME: 'name', TYPE: 'type', STATUS: 'status', PRIORITY: 'priority', WEIGHT: 'weight',
  USED_QUOTA: 'usedQuota', RESPONSE_TIME: 'responseTimeMs', CREATED_AT: 'createdAt',
};

// Named, not excluded: an index finds what is there, never what is not.
const notEnabled = Object.values(ChannelStatus).filter((status) => status !== ChannelStatus.ENABLED);

const contains = (text: string) => ({ $ilike: likeText(text) });

/** Channels that hold exactly this credential. */
async function withSecret(em: EntityManager, digest: string): Promise<ChannelWhere[]> {
  const rows = await sqlOf(em)<{ id: number }>('select distinct channel_id as id from channel_credential where digest = $1', [digest]);
  return rows.length ? [{ id: { $in: rows.map(({ id }) => id) } }] : [];
}

function searched(text: string, byKey: readonly ChannelWhere[]): ChannelWhere {
  const byId = /^(ch_)?[1-9]\d{0,8}$/.test(text) ? [{ id: readId('channel', text) }] : [];
  return { $or: [...byId, ...byKey, { name: contains(text) }, { baseUrl: contains(text) }, { tag: contains(text) }] };
}

/** Channels that list a model containing the text: names never hold the line break that stands between them. */
const withModel = (text: string): ChannelWhere =>
  ({ [raw((alias) => `channel_models_text(${alias}."models")`)]: { $ilike: likeText(text.replace(/[\n\r]/g, ' ')) } });

async function whereOf(em: EntityManager, box: SecretBox, filter: ChannelFilter): Promise<ChannelWhere> {
  const parts: ChannelWhere[] = [];
  const search = filter.search?.trim();
  if (search) parts.push(searched(search, await withSecret(em, box.digest(search))));
  if (filter.ids) parts.push({ id: { $in: filter.ids.map((id) => readId('channel', id)) } });
  if (filter.statuses) parts.push({ status: { $in: filter.statuses } });
  if (filter.enabled != null) parts.push({ status: filter.enabled ? ChannelStatus.ENABLED : { $in: notEnabled } });
  if (filter.types) parts.push({ type: { $in: filter.types } });
  if (filter.tags) parts.push({ tag: { $in: filter.tags } });
  if (filter.groups) parts.push({ groups: { $overlap: filter.groups } });
  if (filter.model?.trim()) parts.push(withModel(filter.model.trim()));
  return parts.length ? { $and: parts } : {};
}

const byPriority: ListOrder<Channel> = { property: 'priority', direction: SortDirection.DESC };

export class ChannelList {
  constructor(private readonly cursors: Cursors, private readonly box: SecretBox) {}

  async page(ctx: RequestContext, filter: ChannelFilter, order: ChannelOrder | null | undefined, page: PageArgs): Promise<ChannelPage> {
    const { em } = ctx, where = await whereOf(em, this.box, filter);
    const sort = order ? { property: columns[order.field], direction: order.direction } : byPriority;
    return { ...await listPage(em, this.cursors, { entity: Channel, where, order: sort, asked: filter, searches: Boolean(filter.search?.trim() || filter.model?.trim()) }, page), em, where };
  }

  /** As `page`, where a page is so many tags. */
  async tagPage(ctx: RequestContext, filter: ChannelFilter, order: ChannelOrder | null | undefined, page: PageArgs): Promise<ChannelPage> {
    const { em } = ctx, where = await whereOf(em, this.box, filter), sort = order ? { property: columns[order.field], direction: order.direction } : byPriority;
    return { ...await tagPage(em, where, [{ [sort.property]: sort.direction.toLowerCase() }, { id: sort.direction.toLowerCase() }], page), em, where };
  }

  one(ctx: RequestContext, id: string): Promise<Channel | null> {
    return ctx.em.findOne(Channel, { id: readId('channel', id) });
  }

  /** What the filter says of rows. */
  whereOf({ em }: RequestContext, filter: ChannelFilter): Promise<ChannelWhere> {
    return whereOf(em, this.box, filter);
  }

  /** How many rows of the filter have each value. */
  async facet(page: ChannelPage, key: 'status' | 'type'): Promise<FacetCount[]> {
    const rows = await page.em.fork().createQueryBuilder(Channel).select([key, raw('count(*)::int as "count"')]).where(page.where).groupBy(key)
      .execute<Record<string, string | number>[]>();
    return rows.map((row) => ({ key: String(row[key]), count: Number(row.count) })).sort((one, other) => one.key.localeCompare(other.key));
  }

  /** Models that enabled channels serve to one of the groups, sorted. */
  async servedModels(ctx: RequestContext, groups: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(ctx.em)<{ model: string }>(`select distinct unnest(models) as model from channel where status = 'ENABLED' and group_names && $1::text[] order by 1`, [[...groups]]);
    return rows.map(({ model }) => model);
  }

  /** Models that some enabled channel serves, sorted. */
  async enabledModels(ctx: RequestContext): Promise<string[]> {
    const rows = await sqlOf(ctx.em)<{ model: string }>(`select distinct unnest(models) as model from channel where status = 'ENABLED' order by 1`);
    return rows.map(({ model }) => model);
  }
}
