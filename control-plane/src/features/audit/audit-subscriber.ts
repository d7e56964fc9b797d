/** Ties events to transactions: those of a running mutation note what they change, and write it down before they commit. */
import type { EventSubscriber, TransactionEventArgs } from '@mikro-orm/core';
import { CompiledQuery, type Transaction } from 'kysely';
import type { Sql } from '../../database/sql.ts';
import type { AuditChange } from './audit-change.type.ts';
import { auditScope } from './audit-scope.ts';
import { writeEvent } from './write-event.ts';

const sqlOfTransaction = (transaction: Transaction<unknown>): Sql => async <Row>(text: string, values: readonly unknown[] = []) =>
  (await transaction.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;

const begin = `select set_config('weir.audit', 'on', true), set_config('weir.audit_changes', '', true), set_config('weir.audit_rows', '0', true)`;
const read = `select current_setting('weir.audit_changes') as changes, current_setting('weir.audit_rows')::int as rows`;

/** A savepoint is part of the transaction that it stands in. */
const isWhole = (transaction: unknown): transaction is Transaction<unknown> =>
  typeof transaction === 'object' && transaction !== null && !('savepointName' in transaction);

export class AuditSubscriber implements EventSubscriber {
  async afterTransactionStart({ transaction }: TransactionEventArgs): Promise<void> {
    if (auditScope() && isWhole(transaction)) await sqlOfTransaction(transaction)(begin);
  }

  async beforeTransactionCommit({ transaction }: TransactionEventArgs): Promise<void> {
    const scope = auditScope();
    if (!scope || !isWhole(transaction)) return;
    const sql = sqlOfTransaction(transaction), [noted] = await sql<{ changes: string; rows: number }>(read);
    if (!noted || noted.rows === 0) return;
    const changes = noted.changes.split('\n').filter(Boolean).map((line) => JSON.parse(line) as AuditChange);
    await writeEvent(sql, scope, { ok: true, changes, changedRows: noted.rows });
  }
}
