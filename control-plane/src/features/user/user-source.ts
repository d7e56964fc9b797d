import { numberedSource } from '../relay-link/numbered-source.ts';
import type { ResourceBody } from '../relay-link/resource-source.ts';
import type { RelayUser } from '../relay-link/wire/snapshot.ts';

const columns = `id, username, role, status = 'ENABLED' as enabled, group_name as "group",
  coalesce((select accept_unpriced_models from notify_setting where user_id = user_account.id), false) as "acceptsUnpriced"`;

const toBody = (row: RelayUser): ResourceBody => ({ key: String(row.id), body: JSON.stringify(row) });

/** The users that relays know: all that are not deleted. Without its owner a token does not work. */
export const userSource = numberedSource<RelayUser>('user', { select: `select ${columns} from user_account where deleted_at is null`, id: 'id' }, toBody);
