import type { RequestContext } from '../../kernel/context.ts';
import { Identity } from './identity.entity.ts';

/** Batch for requestLoader: the bindings of many users in one query. */
export async function bindingsOf(ctx: RequestContext, userIds: readonly number[]): Promise<Identity[][]> {
  const rows = await ctx.em.fork().find(Identity, { userId: { $in: [...userIds] } }, { orderBy: { kind: 'asc' } });
  const byUser = new Map<number, Identity[]>(userIds.map((id) => [id, []]));
  for (const row of rows) byUser.get(row.userId)!.push(row);
  return userIds.map((id) => byUser.get(id)!);
}
