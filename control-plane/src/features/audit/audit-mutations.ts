/** Every mutation of the schema leaves an event, whatever its resolver does. */
import { defaultFieldResolver, GraphQLError, type GraphQLSchema } from 'graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { runInScope, type AuditScope } from './audit-scope.ts';
import { writeEvent, type Outcome } from './write-event.ts';

function outcomeOf(payload: unknown): Outcome {
  const { userErrors, ok } = (payload ?? {}) as { userErrors?: { code: string }[]; ok?: unknown };
  return userErrors?.length ? { ok: false, code: userErrors[0]!.code } : { ok: ok !== false };
}

const faultOf = (fault: unknown): Outcome =>
  ({ ok: false, code: fault instanceof GraphQLError && typeof fault.extensions.code === 'string' ? fault.extensions.code : 'INTERNAL' });

/** Notes what no transaction has noted. An event of its own follows also when a part was written before the refusal. */
async function conclude(scope: AuditScope, outcome: Outcome): Promise<void> {
  scope.isOver = true;
  // A flood of calls that the limits turn away must not become a flood of rows.
  if (outcome.code === 'THROTTLED' || (outcome.ok && scope.events > 0)) return;
  const em = scope.context.em.fork();
  await em.transactional((own) => writeEvent(sqlOf(own), scope, outcome));
}

async function audited(scope: AuditScope, work: () => unknown): Promise<unknown> {
  let payload: unknown;
  try {
    payload = await runInScope(scope, work);
  } catch (fault) {
    // Whether or not it can be noted: the caller hears of the first fault.
    await conclude(scope, faultOf(fault)).catch(() => {});
    throw fault;
  }
  await conclude(scope, outcomeOf(payload));
  return payload;
}

/** Wraps each mutation. Call it before the policies: a caller who may not call it changes nothing. */
export function auditMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, args: Record<string, unknown>, context: RequestContext, info) =>
      audited({ action: field.name, args, context, events: 0, isOver: false }, () => resolve(source, args, context, info) as unknown);
  }
  return schema;
}
