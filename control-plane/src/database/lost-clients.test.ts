import { expect, it } from 'vitest';
import { testDatabase } from '../../../scripts/testing/database.ts';
import { openDatabase } from './orm.ts';
import { sqlOf } from './sql.ts';

it('has connections left after more transactions were killed than it may hold', async () => {
  const orm = await openDatabase(await testDatabase());
  const killed = Array.from({ length: 25 }, () => orm.em.fork().transactional(async (em) => {
    await sqlOf(em)('select pg_terminate_backend(pg_backend_pid())');
  }));
  expect((await Promise.allSettled(killed)).every((outcome) => outcome.status === 'rejected')).toBe(true);
  expect(await sqlOf(orm.em.fork())('select 1 as one')).toEqual([{ one: 1 }]);
  await orm.close(true);
}, 10_000);
