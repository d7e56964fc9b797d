/** The file of an export: compressed parts in the database, read one after the other. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Sql } from '../../database/sql.ts';

const pack = promisify(gzip), unpack = promisify(gunzip);

/** The same part again replaces the first one: a job that went on after a crash repeats its last step. */
export async function writePart(sql: Sql, exportId: number, number: number, text: string): Promise<void> {
  await sql(`insert into export_part (export_id, number, body) values ($1, $2, $3) on conflict (export_id, number) do update set body = excluded.body`, [exportId, number, await pack(text)]);
}

/** @param sql a new one for each part: nothing is held open while the reader takes its time */
export async function* readFile(sql: () => Sql, { id, gzip: isPacked }: { id: number; gzip: boolean }): AsyncGenerator<Buffer, void> {
  for (let number = 0; ; number += 1) {
    const [part] = await sql()<{ body: Buffer }>('select body from export_part where export_id = $1 and number = $2', [id, number]);
    if (!part) return;
    yield isPacked ? part.body : await unpack(part.body);
  }
}

/** Of the file as it is downloaded. */
export async function measureFile(sql: () => Sql, file: { id: number; gzip: boolean }): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of readFile(sql, file)) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

export const dropFile = (sql: Sql, exportId: number): Promise<unknown> => sql('delete from export_part where export_id = $1', [exportId]);
