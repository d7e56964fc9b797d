import type { Pool } from 'pg';

/**
 * Makes commits wait for the disk also where the server's default says otherwise: what we acknowledge to a relay, its spool
 * forgets (DUR-01). Stronger settings (remote_write, remote_apply) stay.
 */
export function waitForDisk(pool: Pool): void {
  pool.on('connect', (client) => {
    client.query(`select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`).catch(() => {
      // The connection is broken then, and whoever is about to use it hears of it.
    });
  });
}
