import type { Sql } from '../../database/sql.ts';
import type { ResourceBody, ResourceSource } from '../relay-link/resource-source.ts';
import type { RelayUser } from '../relay-link/wire/snapshot.ts';

const batch = 2_000;
const columns = `id, username, role, status = 'ENABLED' as enabled, group_name as "group"`;

const toBody = (row: RelayUser): ResourceBody => ({ key: String(row.id), body: JSON.stringify(row) });

/** The users that relays know: all that are not deleted. Without its owner a token does not work. */
export const userSource: ResourceSource = {
  kind: 'user',
  async *all(sql: Sql) {
    for (let after = 0, size = batch; size === batch;) {
      const rows = await sql<RelayUser>(`select ${columns} from user_account where id > $1 and deleted_at is null order by id limit ${batch}`, [after]);
      yield rows.map(toBody);
      after = rows.at(-1)?.id ?? after;
      size = rows.length;
    }
  },
  async some(sql, keys) {
    return (await sql<RelayUser>(`select ${columns} from user_account where id = any($1::int[]) and deleted_at is null`, [keys])).map(toBody);
  },
};
