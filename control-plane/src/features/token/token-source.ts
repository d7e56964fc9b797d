import { numberedSource } from '../relay-link/numbered-source.ts';
import type { ResourceBody } from '../relay-link/resource-source.ts';
import type { RelayToken } from '../relay-link/wire/snapshot.ts';

const columns = `id, user_id as "userId", key_hash as "keyHash", name, status, (extract(epoch from expires_at) * 1000)::bigint::text as "expiresAt",
  unlimited, group_name as "group", models, allow_ips as "allowIps", cross_group_retry as "crossGroupRetry"`;

type Row = Omit<RelayToken, 'expiresAt'> & { expiresAt: string | null };

const toBody = (row: Row): ResourceBody => ({
  key: String(row.id),
  body: JSON.stringify({ ...row, expiresAt: row.expiresAt === null ? null : Number(row.expiresAt) } satisfies RelayToken),
});

/** The tokens that relays know: all that are not deleted, so that a disabled one is told from an unknown one. */
export const tokenSource = numberedSource<Row>('token', { select: `select ${columns} from token where deleted_at is null`, id: 'id' }, toBody);
