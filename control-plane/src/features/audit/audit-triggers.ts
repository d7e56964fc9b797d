/** Sees to it that every table notes what mutations change, new ones from their first day. */
import type { Sql } from '../../database/sql.ts';

/** Tables that mutations do not own, that repeat what another table tells, or that are histories themselves. */
const unauditedTables = [
  'audit_event', 'bulk_row', 'ceremony', 'channel_event', 'charge', 'dead_letter', 'export_part', 'lease', 'list_version', 'live_change', 'ledger_entry', 'ledger_transaction', 'mikro_orm_migrations', 'provider', 'relay_cursor', 'relay_epoch',
  'snapshot_change', 'snapshot_state', 'usage_hour', 'usage_hour_total',
];

const bare = `select c.oid::regclass::text as "table" from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
  and c.relnamespace = current_schema()::regnamespace and c.relname <> all($1::text[]) and c.relname <> 'log' and c.relname not like 'log\\_%'
  and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_row')`;

/** Outside a mutation the trigger costs one comparison for a row. */
export async function auditTables(sql: Sql): Promise<void> {
  for (const { table } of await sql<{ table: string }>(bare, [unauditedTables])) {
    await sql(`create trigger "audit_row" after insert or update or delete on ${table} for each row
      when (current_setting('weir.audit', true) = 'on') execute function "audit_row"()`);
  }
}
