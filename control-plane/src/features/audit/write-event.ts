/** The only writer of `audit_event`. */
import type { Sql } from '../../database/sql.ts';
import type { AuditChange } from './audit-change.type.ts';
import type { AuditScope } from './audit-scope.ts';
import { mask, maskChange } from './mask.ts';
import { targetsOf } from './targets.ts';

export interface Outcome {
  ok: boolean;
  /** Of the refusal or fault. */
  code?: string | undefined;
  changes?: readonly AuditChange[];
  changedRows?: number;
}

// Nobody forges a line of a printed list with a line feed in a header.
const printable = (text: string, length: number): string => text.replace(/\p{Cc}/gu, ' ').slice(0, length);

const statement = `insert into audit_event (at, actor_id, actor_name, via, route, action, targets, ip, user_agent, request_id, arguments, changes, changed_rows, ok, code)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

/** In the transaction of `sql`, and last in it: the chain of hashes is locked until its end. */
export async function writeEvent(sql: Sql, scope: AuditScope, { ok, code, changes = [], changedRows = changes.length }: Outcome): Promise<void> {
  const { context, action, args } = scope, { principal } = context;
  await sql(statement, [
    context.clock.now(), principal?.userId ?? null, principal?.username ?? '', principal?.credential ?? 'none', context.route ?? null, action,
    targetsOf(action, args, changes), context.address.slice(0, 64), printable(context.headers.get('user-agent') ?? '', 255), context.requestId.slice(0, 64),
    JSON.stringify(mask(args)), JSON.stringify(changes.map(maskChange)), changedRows, ok, code?.slice(0, 64) ?? null,
  ]);
  scope.events += 1;
}
