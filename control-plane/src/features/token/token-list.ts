import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { likeText, listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { whereReached } from '../../kernel/user-scope.ts';
import { readId } from '../../kernel/typed-id.ts';
import { readKey } from './token-key.ts';
import type { TokenKeyStore } from './token-key-store.ts';
import { Token } from './token.entity.ts';
import { TokenFilter, TokenOrderField, type TokenOrder } from './token.inputs.ts';

const properties = {
  [TokenOrderField.ID]: 'id', [TokenOrderField.NAME]: 'name', [TokenOrderField.CREATED_AT]: 'createdAt', [TokenOrderField.LAST_USED_AT]: 'accessedAt',
  [TokenOrderField.EXPIRES_AT]: 'expiresAt', [TokenOrderField.USED]: 'usedQuota',
} as const satisfies Record<TokenOrderField, keyof Token>;

export class TokenLists {
  constructor(private readonly cursors: Cursors, private readonly keys: TokenKeyStore) {}

  /** @param ownerId whose; undefined: everybody's, or those of the owner in the filter */
  async page(ctx: RequestContext, ownerId: number | undefined, filter: TokenFilter | null, order: TokenOrder | null, args: PageArgs): Promise<Connection<Token>> {
    const { field, direction } = order ?? { field: TokenOrderField.ID, direction: SortDirection.DESC };
    const owner = ownerId ?? (filter?.ownerId ? readId('user', filter.ownerId) : undefined), fragment = filter?.keyFragment?.trim();
    const isPart = owner !== undefined && owner === ctx.principal?.userId && fragment && !readKey(fragment);
    const where: FilterQuery<Token> = isPart ? { $and: [this.whereOf(owner, Object.assign(new TokenFilter(), filter, { keyFragment: null })), { id: { $in: await this.keys.holding(ctx.em, owner, fragment.replace(/^sk-/, '')) } }] } : this.whereOf(owner, filter ?? {});
    return listPage(ctx.em, this.cursors, { entity: Token, where: { $and: [where, whereReached(ctx, 'userId')] }, order: { property: properties[field], direction }, asked: [ownerId, filter], searches: Boolean(filter?.search?.trim() || filter?.keyFragment?.trim()) }, args);
  }

  /** @param userId whose; undefined: everybody's */
  whereOf(userId: number | undefined, { search, keyFragment, statuses, groups }: TokenFilter): FilterQuery<Token> {
    const all: FilterQuery<Token>[] = [{ deletedAt: null }];
    if (userId !== undefined) all.push({ userId });
    if (search?.trim()) all.push({ name: { $ilike: likeText(search.trim()) } });
    if (keyFragment?.trim()) all.push(this.byKey(keyFragment.trim()));
    if (statuses) all.push({ status: { $in: statuses } });
    if (groups) all.push({ group: { $in: groups } });
    return { $and: all };
  }

  /** Only the ends of a key are stored in the clear; a whole key is found by its hash. */
  private byKey(text: string): FilterQuery<Token> {
    const key = readKey(text);
    return key ? { keyHash: this.keys.hashOf(key) } : { maskedKey: { $like: likeText(text.replace(/^sk-/, '')) } };
  }
}
