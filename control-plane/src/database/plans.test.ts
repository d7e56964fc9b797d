/**
 * No page of a large list walks its table: for every offered filter and sort, with a search that finds nothing too, PostgreSQL's own
 * account of the rows that it looked at. Sequential scans are switched off, which on small tables stands for what it would
 * choose on large ones; a page that has no index to go by is seen by how many rows it touches.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../../../scripts/seed/seed.ts';
import { audit, isClean, printAudit } from '../features/ledger/auditor.ts';
import type { Principal } from '../kernel/context.ts';
import { User } from '../features/user/user.entity.ts';
import { createSchema } from '../server/schema.ts';
import { fewCases, type ListCase } from '../testing/lists/list-cases.ts';
import { look, statementsOf } from '../testing/lists/statements.ts';
import { principalOf, startTestApp, type TestApp } from '../testing/test-app.ts';
import { sqlOfClient } from './sql.ts';

const rows = 8_000, mostVisited = 3_000;
const large = /^(user_account|token|channel|account|redemption|ledger_\w+|log(_\w+)?|usage_hour(_\w+)?|task)$/;

let app: TestApp, root: Principal, client: pg.Client;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
  const { databaseUrl } = app.base.config;
  await seed(databaseUrl, { users: rows, tokens: rows, channels: 4_000, logs: 12_000, codes: rows, tasks: rows, days: 20 });
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('set enable_seqscan = off; set random_page_cost = 1.1; set jit = off');
}, 60_000);
afterAll(async () => {
  await client.end();
  await app.stop();
});

const seen = new Set<string>();

async function check(document: string, variables: Record<string, unknown>, as = root): Promise<void> {
  let errors: unknown;
  const asked = await statementsOf(async () => { ({ errors } = await app.query(document, variables, as)); });
  expect(errors, JSON.stringify(variables)).toBeUndefined();
  for (const statement of asked) {
    if (seen.has(JSON.stringify(statement))) continue;
    seen.add(JSON.stringify(statement));
    const { visited, scans } = await look(client, statement, large);
    expect(scans, statement.text.slice(0, 1_500)).toEqual([]);
    expect(visited, `${JSON.stringify(variables)}\n${statement.text.slice(0, 1_500)}`).toBeLessThan(mostVisited);
  }
}

const cases = fewCases(createSchema());
// The one order without an index: see the channel's entity. Ten thousand rows are sorted in a few milliseconds.
const isLeftOut = ({ list, variables }: ListCase) => list === 'channels' && JSON.stringify(variables.orderBy ?? '').includes('USED_QUOTA');

describe('every filter in every order', () => {
  it.each([...cases.keys()])('%s', async (list) => {
    const own = principalOf((await app.base.orm.em.fork().findOneOrFail(User, { username: 's77' })));
    for (const one of cases.get(list)!.filter((each) => !isLeftOut(each))) await check(one.document, one.variables, list.startsWith('viewer.') ? own : root);
  }, 60_000);
});

// The busiest user has 600 rows, of one key, one name of a key and one group.
describe('what the own log does not hold is seen in its indexes', () => {
  const document = 'query ($filter: LogFilter, $orderBy: LogOrder) { viewer { logs(first: 20, filter: $filter, orderBy: $orderBy) { nodes { id } } } }';
  // A few hundred rows would be crossed as bitmaps, as tens of thousands are not.
  beforeAll(() => client.query('set enable_bitmapscan = off'));
  afterAll(() => client.query('reset enable_bitmapscan'));
  const orders = ['AT', 'QUOTA'].flatMap((field) => ['ASC', 'DESC'].map((direction) => ({ field, direction })));

  it.each([{ groups: ['vip'] }, { tokenName: 'key 2' }, { tokenIds: ['tok_77'] }, { models: ['none'] }, { types: ['REFUND'] }])('%j', async (filter) => {
    const own = principalOf(await app.base.orm.em.fork().findOneOrFail(User, { username: 's1' }));
    for (const orderBy of orders) {
      const asked = await statementsOf(async () => expect((await app.query(document, { filter, orderBy }, own)).data!.viewer.logs.nodes).toEqual([]));
      for (const statement of asked) expect((await look(client, statement, /^log_/)).visited, `${statement.text}\n${JSON.stringify(statement.values)}`).toBeLessThan(60);
    }
  });
});

describe('a page behind a cursor begins there', () => {
  it.each([{ field: 'users', type: 'User', order: 'USED_QUOTA' }, { field: 'users', type: 'User', order: 'CREATED_AT' }, { field: 'tokens', type: 'Token', order: 'NAME' }, { field: 'logs', type: 'Log', order: 'AT' }])('$field by $order', async ({ field, type, order }) => {
    const document = `query ($after: String, $offset: Int, $orderBy: ${type}Order) { ${field}(first: 20, after: $after, offset: $offset, orderBy: $orderBy) { nodes { id } pageInfo { endCursor } } }`;
    const orderBy = { field: order, direction: 'DESC' }, { data } = await app.query(document, { orderBy, offset: rows - 1_000 }, root);
    await check(document, { orderBy, after: data![field].pageInfo.endCursor as string });
  });
});

it('the seeded books are clean, and nothing of them lies ahead', async () => {
  const lines = await audit(sqlOfClient(client));
  expect(isClean(lines), printAudit(lines)).toBe(true);
  expect((await client.query('select from log where created_at > now() limit 1')).rows).toEqual([]);
});
