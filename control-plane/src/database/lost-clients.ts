import type { Pool, PoolClient } from 'pg';

/** Long enough for whoever holds the connection to notice that it died and to give it back himself. */
const graceMs = 1_000;

/**
 * Takes back places in the pool whose connection ended while a transaction held it. Kysely gives a connection back only
 * after a ROLLBACK that succeeded, and on a dead one it never does: a database that is restarted under load would leave
 * the process without a single connection (DUR-04).
 */
export function takeBackLostClients(pool: Pool): void {
  const held = new Set<PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => setTimeout(() => { if (held.has(client)) client.release(true); }, graceMs).unref());
  });
}
