import type { ResourceBody, ResourceSource } from './resource-source.ts';
import type { ResourceKind } from './snapshot-change.entity.ts';

/** Few enough that one batch of large channels stays in memory, many enough that a million tokens are 2,000 reads. */
const batchRows = 500;

/** Where the rows of a numbered table come from: a select that ends in a `where` clause, and the id as that select names it. */
export interface NumberedRows { select: string; id: string }

/** The source of a table whose rows have a number as their id, read in its order, batch after batch. */
export function numberedSource<Row extends { id: number }>(kind: ResourceKind, { select, id }: NumberedRows, toBody: (row: Row) => ResourceBody): ResourceSource {
  return {
    kind,
    async *all(sql) {
      for (let after = 0, size = batchRows; size === batchRows;) {
        const rows = await sql<Row>(`${select} and ${id} > $1 order by ${id} limit ${batchRows}`, [after]);
        yield rows.map(toBody);
        after = rows.at(-1)?.id ?? after;
        size = rows.length;
      }
    },
    async some(sql, keys) {
      return (await sql<Row>(`${select} and ${id} = any($1::int[])`, [keys.map(Number)])).map(toBody);
    },
  };
}
