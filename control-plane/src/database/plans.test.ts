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
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { sqlOfClient } from './sql.ts';

const rows = 8_000, mostVisited = 3_000;
const large = /^(user_account|token|log(_\w+)?|usage_hour(_\w+)?|task)$/;

let app: TestApp, root: Principal, client: pg.Client;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
  const { databaseUrl } = app.base.config;
  await seed(databaseUrl, { users: rows, tokens: rows, channels: 100, logs: 12_000, codes: 10, tasks: rows, days: 20 });
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('set enable_seqscan = off; set random_page_cost = 1.1; set jit = off');
}, 60_000);
afterAll(async () => {
  await client.end();
  await app.stop();
});

interface Asked { text: string; values: unknown[] }

/** The reading statements that the work sends, at the driver. */
async function statementsOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const { query } = pg.Client.prototype, found: Asked[] = []; // oxlint-disable-line typescript/unbound-method -- put back below
  pg.Client.prototype.query = function noted(this: pg.Client, ...given: unknown[]) {
    const [asked, values] = given, text = typeof asked === 'string' ? asked : (asked as { text?: string }).text ?? '';
    if (/^\s*(select|with)\b/i.test(text)) found.push({ text, values: (Array.isArray(values) ? values : (asked as { values?: unknown[] }).values) ?? [] });
    return Reflect.apply(query, this, given) as unknown;
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return found;
}

interface PlanNode { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; 'Rows Removed by Index Recheck'?: number; Plans?: PlanNode[] }

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

interface Looked { visited: number; scans: string[] }

/** Rows of large tables that were touched, and the tables that were read from end to end. */
async function look({ text, values }: Asked): Promise<Looked> {
  const { rows: [row] } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, format json) ${text}`, values);
  const reads = nodesOf(row!['QUERY PLAN'][0].Plan).filter((node) => large.test(node['Relation Name'] ?? ''));
  const visited = reads.reduce((sum, node) => sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)), 0);
  return { visited, scans: reads.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] > 0).map((node) => node['Relation Name']!) };
}

async function check(document: string, variables: Record<string, unknown>, as = root): Promise<void> {
  let errors: unknown;
  const asked = await statementsOf(async () => { ({ errors } = await app.query(document, variables, as)); });
  expect(errors).toBeUndefined();
  for (const statement of asked) {
    const { visited, scans } = await look(statement);
    expect(scans, statement.text.slice(0, 1_500)).toEqual([]);
    expect(visited, statement.text.slice(0, 1_500)).toBeLessThan(mostVisited);
  }
}

const lists = [
  {
    field: 'users', type: 'User', orders: ['ID', 'USERNAME', 'CREATED_AT', 'USED_QUOTA', 'REQUEST_COUNT'],
    filters: [{}, { search: 'nobody-has-this' }, { search: 's1234' }, { search: 'Grace' }, { username: 's777' }, { statuses: ['DISABLED'] }, { roles: [10] }, { groups: ['svip'] }, { groups: ['vip'], statuses: ['ENABLED'] }, { includeDeleted: true }],
  },
  {
    field: 'tokens', type: 'Token', orders: ['ID', 'NAME', 'CREATED_AT', 'LAST_USED_AT', 'EXPIRES_AT', 'USED'],
    filters: [{}, { search: 'nothing-like-it' }, { keyFragment: '7777' }, { ownerId: 'usr_77' }, { statuses: ['DISABLED'] }, { groups: ['nobody'] }],
  },
  {
    field: 'logs', type: 'Log', orders: ['AT', 'QUOTA'],
    filters: [{}, { types: ['ERROR'] }, { types: ['TOPUP'] }, { types: ['UNKNOWN'] }, { models: ['no-such-model'] }, { model: 'claude' }, { model: 'no-such' }, { modelLike: 'gpt-4%' }, { tokenName: 'nobody' }, { username: 'nobody' },
      { username: 's77' }, { userIds: ['usr_77'] }, { tokenIds: ['tok_77'] }, { channelIds: ['ch_7'] }, { groups: ['nobody'] }, { requestId: 'nothing' }, { errorCodes: ['never_heard'] }, { search: 'nothing begins so' }, { stream: true }],
  },
] as const;

describe.each(lists)('$field', ({ field, type, orders, filters }) => {
  it.each(orders)('by %s, with every filter, up and down', async (order) => {
    const document = `query ($filter: ${type}Filter, $orderBy: ${type}Order) { ${field}(first: 20, filter: $filter, orderBy: $orderBy) { nodes { id } } }`;
    for (const filter of filters) {
      for (const direction of ['ASC', 'DESC']) {
        // A rare error has no index together with its amount: those rows are few, and sorted.
        await check(document, { filter, orderBy: { field: order, direction } });
      }
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

describe('other lists', () => {
  it.each([{}, { statuses: ['UNKNOWN'] }, { platforms: ['nobody'] }, { actions: ['nothing'] }, { taskId: 'task_none' }, { userId: 'usr_1' }, { channelId: 'ch_99' }, { from: '2100-01-01T00:00:00Z' }])('tasks %o', (filter) =>
    check('query ($filter: TaskFilter) { tasks(first: 20, filter: $filter) { nodes { id } } }', { filter }));

  it('what a user reads of their own', async () => {
    const alice = await app.user();
    await check('{ viewer { logs(first: 20) { nodes { id } } tokens(first: 20) { nodes { id } } tasks { nodes { id } } } }', {}, alice);
    await check('{ viewer { logs(first: 20, filter: { tokenName: "x", types: [CONSUME] }) { nodes { id } } } }', {}, alice);
  });
});
