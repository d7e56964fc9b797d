/** Loads tables while they have neither indexes nor triggers: keeping twenty indexes in order row by row took nine tenths of the time. */
import type { Client } from 'pg';

export interface Load {
  name: string;
  tables: readonly string[];
  statements: readonly string[];
}

interface Definition { name: string; owner: string; definition: string; constraint: string | null }

/** Keys that another table refers to cannot go. Partitions lose and get theirs with their parent: `only` would leave them without. */
const droppable = `
  select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as owner, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition, quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid) as constraint
  from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid
  where i.indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint f where f.confrelid = i.indrelid and f.conindid = i.indexrelid and f.contype = 'f')`;

/** Triggers and foreign keys rest where the role may say so; elsewhere they run, which takes longer and gives the same. */
const restingTriggers = `select set_config('session_replication_role', 'replica', true) where has_parameter_privilege('session_replication_role', 'SET')`;

/** One transaction: when it is stopped, the indexes are there as before. */
export async function load(client: Client, { tables, statements }: Load): Promise<void> {
  await client.query('begin');
  try {
    await client.query(restingTriggers);
    const { rows: indexes } = await client.query<Definition>(droppable, [tables]);
    for (const { name, owner, constraint } of indexes) await client.query(constraint ? `alter table ${owner} drop constraint ${constraint.split(' ')[0]}` : `drop index ${name}`);
    for (const statement of statements) await client.query(statement);
    for (const { owner, definition, constraint } of indexes) await client.query(constraint ? `alter table ${owner} add constraint ${constraint}` : definition);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
