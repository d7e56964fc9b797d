import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { readId } from '../../kernel/typed-id.ts';
import { Redemption } from './redemption.entity.ts';
import { RedemptionOrderField, type RedemptionFilter, type RedemptionOrder } from './redemption.inputs.ts';

const properties = {
  [RedemptionOrderField.ID]: 'id', [RedemptionOrderField.NAME]: 'name', [RedemptionOrderField.QUOTA]: 'quota', [RedemptionOrderField.CREATED_AT]: 'createdAt',
  [RedemptionOrderField.EXPIRES_AT]: 'expiresAt', [RedemptionOrderField.REDEEMED_AT]: 'redeemedAt',
} as const satisfies Record<RedemptionOrderField, keyof Redemption>;

const startsWith = (text: string): string => likeText(text).slice(1);

export function redemptionsWhere(filter: RedemptionFilter): FilterQuery<Redemption> {
  const all: FilterQuery<Redemption>[] = [{ deletedAt: null }];
  const search = filter.search?.trim();
  if (search) {
    const byId = /^[1-9]\d{0,8}$/.test(search) ? [{ id: Number(search) }] : [];
    all.push({ $or: [{ name: { $ilike: startsWith(search) } }, ...byId] });
  }
  if (filter.statuses) all.push({ status: { $in: filter.statuses } });
  if (filter.batchId) all.push({ batchRow: readId('redemptionBatch', filter.batchId) });
  if (filter.redeemedById) all.push({ redeemedById: readId('user', filter.redeemedById) });
  return { $and: all };
}

export class RedemptionLists {
  constructor(private readonly cursors: Cursors) {}

  page(ctx: RequestContext, filter: RedemptionFilter | null, order: RedemptionOrder | null, args: PageArgs): Promise<Connection<Redemption>> {
    const { field, direction } = order ?? { field: RedemptionOrderField.ID, direction: SortDirection.DESC };
    return listPage(ctx.em, this.cursors, { entity: Redemption, where: redemptionsWhere(filter ?? {}), order: { property: properties[field], direction }, asked: filter }, args);
  }
}
