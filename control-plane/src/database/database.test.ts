import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { MikroORM } from '@mikro-orm/postgresql';
import { describe, expect, it } from 'vitest';
import { emptyDatabase, testDatabase, withAdmin } from '../../../scripts/testing/database.ts';
import { startTestApp } from '../testing/test-app.ts';
import { migrate, openDatabase } from './orm.ts';

describe('the migrations', () => {
  it('say what the entities say', async () => {
    const orm: MikroORM = await openDatabase(await testDatabase());
    expect(await orm.migrator.checkSchema()).toBe(false);
    await orm.close(true);
  });

  it('run once when four processes start together', async () => {
    const url = await emptyDatabase();
    await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
    await withAdmin(url, async (sql) => {
      const { rows } = (await sql('select name, count(*)::int as times from mikro_orm_migrations group by name having count(*) > 1')) as { rows: unknown[] };
      expect(rows).toEqual([]);
    });
  });
});

it('says which database cannot be used, without its password', async () => {
  const failing = migrate('postgres://someone:secret@127.0.0.1:1/weir');
  await expect(failing).rejects.toThrow(/^PostgreSQL at 127\.0\.0\.1:1 cannot be used: (?!.*secret)/);
});

/** A way to the database that can be cut and mended. */
async function cable(databaseUrl: string): Promise<{ url: string; cut: () => Promise<void>; mend: () => Promise<void> }> {
  const far = new URL(databaseUrl), near = new URL(databaseUrl), sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(far.port), far.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => socket.destroy()));
    client.pipe(upstream).pipe(client);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  near.host = `127.0.0.1:${port}`;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: near.href, cut, mend: () => listen(port) };
}

it('a database that is away is told from a bug of ours, over GraphQL and REST, and is used again when it is back', async () => {
  const line = await cable(await testDatabase()), app = await startTestApp({ DATABASE_URL: line.url });
  const session = { cookie: 'session=x' }, key = { authorization: 'x' };
  const asked: Parameters<typeof app.request>[0][] = [
    { body: { query: '{ setup { done } }' } }, { path: '/api/setup' }, { path: '/api/user/self', headers: session }, { body: { query: '{ site { version } }' }, headers: key },
  ];
  expect((await app.request(asked[0]!)).status).toBe(200);
  await line.cut();
  for (const message of asked) {
    const answer = await app.request(message);
    expect([answer.status, String(answer.body)]).toEqual([503, expect.stringContaining('The database cannot be reached, try again')]);
  }
  expect((await app.request({ path: '/readyz' })).status).toBe(503);
  expect((await app.request({ path: '/livez' })).status).toBe(200);
  await line.mend();
  expect((await app.request(asked[0]!)).status).toBe(200);
  await app.stop();
  await line.cut();
});

it('a restart of PostgreSQL costs a request at most, not the process', async () => {
  const app = await startTestApp();
  const ask = () => app.request({ body: { query: '{ setup { done } }' } });
  await Promise.all(Array.from({ length: 10 }, ask));    // several idle connections
  await withAdmin(app.base.config.databaseUrl, (sql) => sql('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries++) statuses.push((await ask()).status);
  expect(statuses.at(-1)).toBe(200);
  await app.stop();
});
