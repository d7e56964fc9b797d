/** Each row of a page with its cursor, whoever makes the page: one goes on behind any of them. */
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { insertLogs } from '../features/log/insert-logs.ts';
import type { Principal } from '../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';
import { usageEvent } from '../testing/usage-event.ts';

let app: TestApp, root: Principal;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
  for (let count = 0; count < 4; count++) await app.user();
  const sql = sqlOf(app.base.orm.em.fork()), at = app.clock.now();
  await sql(`insert into channel (name, type, models, group_names, tag, created_at) select 'c' || n, 1, '{a,b}', '{default}', 't' || n, now() from generate_series(1, 4) as n`);
  await sql(`delete from price`);
  await sql(`insert into price (model, model_ratio, created_at) select 'm' || n, n, now() from generate_series(1, 4) as n`);
  await app.base.orm.em.fork().transactional((em) => insertLogs(sqlOf(em), Array.from({ length: 4 }, (_, index) => usageEvent({ chargeId: `c${index}`, userId: root.userId, endedAt: at.getTime() - index })), at));
});
afterAll(() => app.stop());

const page = async (list: string, args: string, row: string): Promise<Data> => {
  const { data, errors } = await app.query(`{ ${list}(first: 4${args}) { nodes { ${row} } edges { cursor node { ${row} } } pageInfo { startCursor endCursor } } }`, {}, root);
  if (errors) throw new Error(JSON.stringify(errors));
  return data![list] as Data;
};

it.each([['users', 'id'], ['channels', 'id'], ['logs', 'id'], ['prices', 'model'], ['abilities', 'model channel { id }']])('%s', async (list, row) => {
  const { nodes, edges, pageInfo } = await page(list, '', row), rows = edges as { cursor: string; node: unknown }[];
  expect(rows.map(({ node }) => node)).toEqual(nodes);
  expect([rows[0]!.cursor, rows.at(-1)!.cursor]).toEqual([pageInfo.startCursor, pageInfo.endCursor]);
  expect((await page(list, `, after: "${rows[1]!.cursor}"`, row)).nodes.slice(0, 2)).toEqual((nodes as unknown[]).slice(2, 4));
});

it('pages over tags have none', async () => {
  const { edges } = await page('channels', ', byTag: true', 'id');
  expect(new Set((edges as Data[]).map(({ cursor }) => cursor as unknown))).toEqual(new Set([null]));
});

it('every connection of the schema has both', () => {
  const bare = Object.values(app.schema.getTypeMap()).filter((type) => isObjectType(type) && type.name.endsWith('Connection') && !('edges' in type.getFields() && 'nodes' in type.getFields()));
  expect(bare.map(({ name }) => name)).toEqual([]);
});
