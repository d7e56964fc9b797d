/**
 * Plain SQL with bound parameters (`$1`), for statements over many rows that the ORM cannot say. The same function type
 * stands for a request's entity manager and for a connection of `pg`, so that a caller decides where its work runs.
 *
 * Over an entity manager timestamps arrive as text, and 64-bit integers arrive as text everywhere: cast in the statement.
 */
import { CompiledQuery } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';

export type Sql = <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Runs in the transaction of `em`, if it has one. Does not flush what `em` still holds. */
export const sqlOf = (em: EntityManager): Sql => async <Row>(text: string, values: readonly unknown[] = []) => {
  const result = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return result.rows;
};

/** A time as JSON of ours writes it; null stays null. */
export const isoOf = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const sqlOfClient = (client: ClientBase): Sql => async <Row>(text: string, values: readonly unknown[] = []) => {
  const result = await client.query(text, [...values]);
  return result.rows as Row[];
};
