import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf } from '../../database/sql.ts';
import { touch } from './snapshot-changes.ts';

let orm: MikroORM, listener: pg.Client;
const heard: string[] = [];
const rows = () => sqlOf(orm.em.fork())('select kind, key from snapshot_change order by id');

beforeAll(async () => {
  const url = await testDatabase();
  orm = await openDatabase(url);
  listener = new pg.Client({ connectionString: url });
  await listener.connect();
  listener.on('notification', (message) => heard.push(message.channel));
  await listener.query('listen weir_snapshot');
});
afterAll(async () => {
  await listener.end();
  await orm.close(true);
});

it('writes nothing when the change itself is rolled back', async () => {
  const failing = orm.em.fork().transactional(async (em) => {
    touch(em, 'token', 1);
    await em.flush();
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await rows()).toEqual([]);
});

it('writes the change with the flush of the caller and notifies once', async () => {
  const em = orm.em.fork();
  touch(em, 'token', 42);
  touch(em, 'group', 'vip');
  expect(await rows()).toEqual([]);
  await em.flush();
  expect(await rows()).toEqual([{ kind: 'token', key: '42' }, { kind: 'group', key: 'vip' }]);
  await listener.query('select 1');
  expect(heard).toEqual(['weir_snapshot']);
});
