import { expect, it } from 'vitest';
import { testDatabase, withAdmin } from '../../../scripts/testing/database.ts';
import { openDatabase } from './orm.ts';
import { sqlOf } from './sql.ts';

it.each([{ given: 'off', used: 'on' }, { given: 'remote_apply', used: 'remote_apply' }])('commits with $used where the database says $given', async ({ given, used }) => {
  const url = await testDatabase();
  await withAdmin(url, (sql) => sql(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = ${given}`));
  const orm = await openDatabase(url);
  expect(await sqlOf(orm.em.fork())('show synchronous_commit')).toEqual([{ synchronous_commit: used }]);
  await orm.close(true);
});
