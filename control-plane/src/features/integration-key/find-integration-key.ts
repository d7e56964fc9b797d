/** Who stands behind a presented integration key, as they are now. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { clientOf } from '../../kernel/http/client-name.ts';
import { isWithin, readRange } from '../../kernel/http/client-address.ts';
import type { Principal, RequestContext } from '../../kernel/context.ts';
import type { MessageCode } from '../../kernel/words/messages.ts';
import { permissionsOf } from '../../kernel/permission.ts';
import { hashOfIntegrationKey } from './integration-key.service.ts';

interface Found { id: number; permissions: Principal['permissions']; allowIps: string[]; costPerSecond: number; userScope: number[] | null; lastUsedMs: number | null; lastClient: string | null; userId: number; username: string; role: number; enabled: boolean }

const columns = `k.id, k.permissions, k.allow_ips as "allowIps", k.cost_per_second as "costPerSecond", k.user_scope as "userScope", (extract(epoch from k.last_used_at) * 1000)::float8 as "lastUsedMs", k.last_client as "lastClient",
  u.id as "userId", u.username, u.role, u.status = 'ENABLED' as enabled`;
const alive = 'k.revoked_at is null and (k.expires_at is null or k.expires_at > $2) and u.deleted_at is null';

const noteEveryMs = 60_000;

export async function findByIntegrationKey(ctx: RequestContext, text: string): Promise<{ principal?: Principal; fault?: MessageCode }> {
  const now = ctx.clock.now(), sql = sqlOf(ctx.em);
  const [found] = await sql<Found>(`select ${columns} from integration_key k join user_account u on u.id = k.created_by_id where k.key_hash = $1 and ${alive}`, [hashOfIntegrationKey(text), now]);
  if (!found) return { fault: 'integration_key_invalid' };
  if (!found.enabled) return { fault: 'user_disabled' };
  const ranges = found.allowIps.map(readRange).filter((range) => range !== undefined);
  if (ranges.length > 0 && !isWithin(ctx.address, ranges)) return { fault: 'integration_key_address' };
  const client = clientOf(ctx.headers);
  // Programs that share a key would write it at every call: the name goes with the minute.
  if (now.getTime() - (found.lastUsedMs ?? 0) >= noteEveryMs) await sql('update integration_key set last_used_at = $2, last_client = coalesce($3, last_client) where id = $1', [found.id, now, client ?? null]);
  return { principal: principalOf(found) };
}

/** Never more than its maker may do now. */
function principalOf({ id: keyId, permissions, costPerSecond, userScope, userId, username, role }: Found): Principal {
  const held = permissionsOf(role);
  return { userId, username, role, permissions: permissions.filter((one) => held.includes(one)), credential: 'integration-key', keyId, costPerSecond, ...(userScope && { userScope }) };
}

/** Those of the keys that still open the door, with their makers' present roles. */
export async function livingKeys(em: EntityManager, ids: readonly number[], now: Date): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await sqlOf(em)<{ id: number; role: number }>(`select k.id, u.role from integration_key k join user_account u on u.id = k.created_by_id
    where k.id = any($1::int[]) and ${alive} and u.status = 'ENABLED'`, [[...ids], now]);
  return new Map(rows.map(({ id, role }) => [id, role]));
}
