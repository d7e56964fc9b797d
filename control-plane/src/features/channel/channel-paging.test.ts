import { MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { Channel } from './channel.entity.ts';
import { Cursors } from '../../kernel/list/cursors.ts';
import { listPage, type ListOrder } from '../../kernel/list/list-page.ts';
import { SortDirection, type PageArgs } from '../../kernel/list/page.ts';

let orm: MikroORM, sql: Sql;
const cursors = new Cursors(Buffer.alloc(32, 1));
const byPriority: ListOrder<Channel> = { property: 'priority', direction: SortDirection.DESC };
const page = (args: Partial<PageArgs>, order = byPriority) =>
  listPage(orm.em.fork(), cursors, { entity: Channel, where: { tag: 'walk' }, order, asked: 'walk' }, { first: 20, ...args });

/** Many rows of one priority: ties are what made rows repeat and vanish elsewhere. */
const add = (from: number, count: number, tag = 'walk') => sql(
  `insert into channel (id, name, type, models, group_names, priority, tag, created_at)
   select n, 'c' || n, 1, '{}', '{}', n % 3, $3, now() from generate_series($1::int, $1::int + $2::int - 1) n`, [from, count, tag]);

beforeAll(async () => {
  orm = await openDatabase(await testDatabase());
  sql = sqlOf(orm.em.fork());
  await add(1, 50);
  await add(1000, 5, 'other');
});
afterAll(() => orm.close(true));

it('meets every row that stays exactly once while others come and go', async () => {
  let next = 2000;
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }), fc.constantFrom('ASC', 'DESC'), async (sizes, direction) => {
    const order = { property: 'priority' as const, direction: SortDirection[direction] };
    const seen: number[] = [];
    for (let after: string | null | undefined, turn = 0; ; turn++) {
      const { nodes, pageInfo } = await page({ first: sizes[turn % sizes.length]!, after: after ?? null }, order);
      seen.push(...nodes.map(({ id }) => id));
      await add(next++, 1);
      await sql('delete from channel where id = $1', [next - 3]);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => id <= 50).toSorted((one, other) => one - other)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  }), { numRuns: 8 });
  await sql('delete from channel where id >= 2000');
});

it('gives the same rows by offset as by cursor', async () => {
  const first = await page({ first: 10 });
  const [byCursor, byOffset] = [await page({ first: 10, after: first.pageInfo.endCursor ?? null }), await page({ first: 10, offset: 10 })];
  expect(byCursor.nodes.map(({ id }) => id)).toEqual(byOffset.nodes.map(({ id }) => id));
  expect(byOffset.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  expect(first.pageInfo.hasPreviousPage).toBe(false);
});

it('counts only what the filter lets through', async () => expect((await (await page({})).countRows()).value).toBe(50n));

it('ends with an empty page', async () => {
  expect(await page({ offset: 50 })).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } });
});

it.each([
  { name: 'refuses a cursor of another order', args: async () => ({ after: (await page({}, { ...byPriority, property: 'id' })).pageInfo.endCursor ?? null }), code: 'CURSOR_MISMATCH' },
  { name: 'refuses offset and cursor together', args: async () => ({ offset: 1, after: (await page({})).pageInfo.endCursor ?? null }), code: 'BAD_USER_INPUT' },
  { name: 'refuses a page of no rows', args: () => Promise.resolve({ first: 0 }), code: 'BAD_USER_INPUT' },
  { name: 'refuses a page of more than 100 rows', args: () => Promise.resolve({ first: 101 }), code: 'BAD_USER_INPUT' },
  { name: 'refuses a deep offset', args: () => Promise.resolve({ offset: 10_001 }), code: 'PAGINATION_TOO_DEEP' },
])('$name', async ({ args, code }) => {
  await expect(page(await args())).rejects.toMatchObject({ extensions: { code } });
});
