import type { Sql } from '../../database/sql.ts';
import type { ResourceBody, ResourceSource } from '../relay-link/resource-source.ts';
import type { RelayToken } from '../relay-link/wire/snapshot.ts';

const batch = 2_000;
const columns = `id, user_id as "userId", key_hash as "keyHash", name, status, (extract(epoch from expires_at) * 1000)::bigint::text as "expiresAt",
  unlimited, group_name as "group", models, allow_ips as "allowIps"`;

type Row = Omit<RelayToken, 'expiresAt'> & { expiresAt: string | null };

const toBody = (row: Row): ResourceBody => ({
  key: String(row.id),
  body: JSON.stringify({ ...row, expiresAt: row.expiresAt === null ? null : Number(row.expiresAt) } satisfies RelayToken),
});

/** The tokens that relays know: all that are not deleted, so that a disabled one is told from an unknown one. */
export const tokenSource: ResourceSource = {
  kind: 'token',
  async *all(sql: Sql) {
    for (let after = 0, size = batch; size === batch;) {
      const rows = await sql<Row>(`select ${columns} from token where id > $1 and deleted_at is null order by id limit ${batch}`, [after]);
      yield rows.map(toBody);
      after = rows.at(-1)?.id ?? after;
      size = rows.length;
    }
  },
  async some(sql, keys) {
    return (await sql<Row>(`select ${columns} from token where id = any($1::int[]) and deleted_at is null`, [keys])).map(toBody);
  },
};
