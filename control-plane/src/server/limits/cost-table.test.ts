import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { costTable } from './cost-table.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

const keyOf = async (as: Principal) => (await app.query('mutation { accessTokenRotate { accessToken } }', {}, as)).data!.accessTokenRotate.accessToken as string;
const costOf = async (query: string, headers: Record<string, string>) => (JSON.parse(String((await app.request({ body: { query }, headers })).body)) as Data).extensions.cost as Data;

describe('X-Cost-Debug', () => {
  it('tells an admin where the points go: the root fields come to what was asked for', async () => {
    const authorization = await keyOf(await app.user({ role: 10 }));
    const query = 'query { a: users(first: 7) { nodes { id ...Keys } totalCount { value } } rateLimit { limit } } fragment Keys on User { sidebar: invite { code } }';
    const { requested, paths } = await costOf(query, { authorization, 'x-cost-debug': '1' });
    expect(paths).toContainEqual({ path: 'a.nodes', rows: 7, cost: 14 });
    expect(paths).toContainEqual({ path: 'a.nodes.sidebar', rows: 7, cost: 7 });
    expect((paths as Data[]).filter(({ path }) => !(path as string).includes('.')).reduce((sum, { cost }) => sum + (cost as number), 0)).toBe(requested);
    expect((await costOf('mutation { a: notificationsMarkRead { __typename } }', { authorization, 'x-cost-debug': '1' })).paths).toEqual([{ path: 'a', rows: 1, cost: 11 }]);
  });

  it('tells nobody else, and nothing unasked', async () => {
    const [user, admin] = [await keyOf(await app.user()), await keyOf(await app.user({ role: 10 }))];
    for (const headers of [{ authorization: user, 'x-cost-debug': '1' }, { authorization: admin }, { 'x-cost-debug': '1' }] as Record<string, string>[]) expect((await costOf('{ site { name } }', headers)).paths).toBeUndefined();
  });

  it('ends early where fragments unfold to millions', () => {
    const nested = Array.from({ length: 20 }, (_, index) => `fragment F${index} on User { x${index}: invite { code } ...F${index + 1} ...F${index + 1} }`).join(' ');
    const lines = costTable(app.schema, { query: `{ users { nodes { ...F0 } } } ${nested} fragment F20 on User { id }` });
    expect(lines.length).toBe(200);
  });
});
