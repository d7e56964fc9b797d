/** Lists of metadata, and what each row stands for among the models that are served now. */
import type { FilterQuery } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { readId } from '../../kernel/typed-id.ts';
import { Vendor } from '../vendor/vendor.entity.ts';
import { ModelMeta } from './model-meta.entity.ts';
import { ModelOrderField, type ModelFilter, type ModelOrder } from './model.types.ts';

const properties = {
  [ModelOrderField.ID]: 'id', [ModelOrderField.NAME]: 'name', [ModelOrderField.CREATED_AT]: 'createdAt', [ModelOrderField.UPDATED_AT]: 'updatedAt',
} as const satisfies Record<ModelOrderField, keyof ModelMeta>;

/** Rows with a tag that holds the text; asked for apart, because the ORM cannot search inside an array. */
async function searched({ em }: RequestContext, text: string): Promise<FilterQuery<ModelMeta>> {
  const like = likeText(text);
  const rows = await sqlOf(em)<{ id: number }>('select id from model_meta where name ilike $1 or description ilike $1 or exists (select from unnest(tags) as t where t ilike $1)', [like]);
  return { id: { $in: rows.map(({ id }) => id) } };
}

async function ofVendor({ em }: RequestContext, text: string): Promise<FilterQuery<ModelMeta>> {
  if (/^(vnd_)?[1-9]\d{0,8}$/.test(text)) return { vendorId: readId('vendor', text) };
  const vendors = await em.find(Vendor, { name: { $ilike: likeText(text) } }, { fields: ['id'] });
  return { vendorId: { $in: vendors.map(({ id }) => id) } };
}

async function whereOf(ctx: RequestContext, { search, vendor, tags, enabled }: ModelFilter): Promise<FilterQuery<ModelMeta>> {
  const all: FilterQuery<ModelMeta>[] = [];
  if (search?.trim()) all.push(await searched(ctx, search.trim()));
  if (vendor?.trim()) all.push(await ofVendor(ctx, vendor.trim()));
  if (tags) all.push({ tags: { $overlap: tags } });
  if (enabled != null) all.push({ enabled });
  return all.length ? { $and: all } : {};
}

export class ModelList {
  constructor(private readonly cursors: Cursors) {}

  async page(ctx: RequestContext, filter: ModelFilter, order: ModelOrder | null, args: PageArgs): Promise<Connection<ModelMeta>> {
    const { field, direction } = order ?? { field: ModelOrderField.ID, direction: SortDirection.DESC };
    return listPage(ctx.em, this.cursors, { entity: ModelMeta, where: await whereOf(ctx, filter), order: { property: properties[field], direction }, asked: filter }, args);
  }

  one({ em }: RequestContext, id: string): Promise<ModelMeta | null> {
    return em.findOne(ModelMeta, { id: readId('model', id) });
  }

  /** Rows of each vendor, whatever page is looked at. */
  async vendorCounts({ em }: RequestContext): Promise<{ key: string; count: number }[]> {
    return sqlOf(em.fork())<{ key: string; count: number }>('select vendor_id::text as key, count(*)::int as count from model_meta where vendor_id is not null group by vendor_id order by vendor_id');
  }
}
