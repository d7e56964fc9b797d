import type { FilterQuery } from '@mikro-orm/postgresql';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { prefixes, readId, type IdKind } from '../../kernel/typed-id.ts';
import { userScope } from '../../kernel/user-scope.ts';
import { requirePolicy } from '../policy.ts';
import { listed, queries, type Listed } from './node-kinds.ts';

const kinds = new Map(Object.entries(prefixes).map(([kind, prefix]) => [prefix as string, kind as IdKind]));

/** Throws INVALID_ID also for a bare number: only the prefix says where to look. */
function kindOf(id: string): IdKind {
  const kind = kinds.get(id.slice(0, Math.max(0, id.indexOf('_'))));
  if (!kind || !(queries[kind] ?? listed[kind])) throw new GraphQLError(`"${id.slice(0, 40)}" is no id of a node: it looks like ${prefixes.channel}_42`, { extensions: { code: 'INVALID_ID' } });
  return kind;
}

/** Any row for holders of the right, otherwise one's own. */
async function findListed(ctx: RequestContext, { entity, own, permission }: Listed, row: number): Promise<object | null> {
  const mayAll = permission !== undefined && (ctx.principal?.permissions.includes(permission) ?? false);
  const scope = userScope(ctx);
  if (mayAll && scope) return own ? ctx.em.findOne(entity, { $and: [{ id: row }, { $or: scope.map(own) }] } as FilterQuery<object>) : null;
  if (!mayAll) requirePolicy(own ? { kind: 'self' } : { kind: 'permission', all: permission ? [permission] : [] }, ctx);
  const mine = mayAll || !own ? {} : own(callerOf(ctx).userId);
  return ctx.em.findOne(entity, { $and: [{ id: row } as FilterQuery<object>, mine] } as FilterQuery<object>);
}

/** Null when there is none that the caller may see. Throws INVALID_ID, and what the policy of its kind says. */
export async function findNode(ctx: RequestContext, info: GraphQLResolveInfo, id: string): Promise<object | null> {
  const kind = kindOf(id), query = queries[kind];
  if (query === undefined) return findListed(ctx, listed[kind]!, readId(kind, id));
  const field = info.schema.getQueryType()!.getFields()[query]!;
  return (await field.resolve!(undefined, { id }, ctx, info)) as object | null;
}
