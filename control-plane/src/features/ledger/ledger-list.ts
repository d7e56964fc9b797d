import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { userScope } from '../../kernel/user-scope.ts';
import { readId } from '../../kernel/typed-id.ts';
import { budgetOf, walletOf } from './account-name.ts';
import { LedgerEntry } from './ledger-entry.entity.ts';
import type { LedgerFilter } from './ledger.inputs.ts';

function whereOf({ userId, tokenId, kinds, reference, since, until }: LedgerFilter): FilterQuery<LedgerEntry> {
  const all: FilterQuery<LedgerEntry>[] = [];
  if (userId != null) all.push({ account: walletOf(readId('user', userId)) });
  if (tokenId != null) all.push({ account: budgetOf(readId('token', tokenId)) });
  // Our own accounts keep no running balance: what has one is a line of a customer's statement.
  if (all.length === 0) all.push({ balanceAfter: { $ne: null } });
  if (kinds) all.push({ transaction: { kind: { $in: kinds } } });
  if (reference) all.push({ transaction: { reference } });
  if (since) all.push({ transaction: { at: { $gte: since } } });
  if (until) all.push({ transaction: { at: { $lt: until } } });
  return { $and: all };
}

/** A key that is limited to users sees their wallets, not the budgets of single tokens. */
function reachedLines(ctx: RequestContext): FilterQuery<LedgerEntry> {
  const scope = userScope(ctx);
  return scope ? { account: { $in: scope.map(walletOf) } } : {};
}

/** Statements, newest line first. */
export class LedgerList {
  constructor(private readonly cursors: Cursors) {}

  page(ctx: RequestContext, filter: LedgerFilter, args: PageArgs): Promise<Connection<LedgerEntry>> {
    return listPage(ctx.em, this.cursors, { entity: LedgerEntry, where: { $and: [whereOf(filter), reachedLines(ctx)] }, order: { property: 'id', direction: SortDirection.DESC }, asked: filter }, args);
  }
}
