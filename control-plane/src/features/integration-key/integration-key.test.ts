import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { usageEvent } from '../../testing/usage-event.ts';
import { insertLogs } from '../log/insert-logs.ts';
import { PaymentProvider, TopUp } from '../payment/order/top-up.entity.ts';
import { Task } from '../task/task.entity.ts';

let app: TestApp, root: Principal, admin: Principal;
beforeAll(async () => {
  app = await startTestApp();
  root = await app.user({ role: 100 });
  admin = await app.user({ role: 10 });
});
afterAll(() => app.stop());

const create = async (input: object, as = root): Promise<Data> => {
  const { data, errors } = await app.query(`mutation ($input: IntegrationKeyInput!) {
    integrationKeyCreate(input: $input) { key { id prefix permissions } secret userErrors { code path } }
  }`, { input: { name: 'billing', permissions: ['USER_READ'], ...input } }, as);
  expect(errors).toBeUndefined();
  return data!.integrationKeyCreate as Data;
};

const ask = async (query: string, secret: string, address = '127.0.0.1') => {
  const answer = await app.request({ body: { query }, address, headers: { authorization: `Bearer ${secret}`, 'accept-language': 'en', 'x-client-name': 'billing', 'x-client-version': '1.2' } });
  return { status: answer.status, body: JSON.parse(String(answer.body)) as Data };
};
const rest = async (method: string, path: string, secret: string, body?: unknown) => {
  const answer = await app.request({ method, path, headers: { authorization: `Bearer ${secret}`, 'accept-language': 'en' }, ...(body !== undefined && { body }) });
  return { status: answer.status, body: JSON.parse(String(answer.body)) as Data };
};
const users = '{ users { nodes { id } } }';

describe('a key that is limited to users', () => {
  let hers: Principal, his: Principal, secret: string;
  const own = (userId: number) => `usr_${userId}`;
  const everything = ['USER_READ', 'USER_WRITE', 'USER_QUOTA_WRITE', 'TOKEN_READ_ANY', 'LOG_READ_ANY', 'STAT_READ_ANY', 'BILLING_READ', 'TOPUP_READ_ANY', 'TASK_READ_ANY', 'CHANNEL_READ', 'OPTION_READ', 'AUDIT_READ'];

  beforeAll(async () => {
    [hers, his] = [await app.user({ username: 'hers' }), await app.user({ username: 'his' })];
    const em = app.base.orm.em.fork(), at = app.clock.now();
    for (const { userId } of [hers, his]) {
      await app.query('mutation { tokenCreate(input: { name: "t", unlimited: true }) { token { id } } }', {}, userId === hers.userId ? hers : his);
      await app.query('mutation ($id: ID!, $key: String!) { userQuotaAdjust(id: $id, idempotencyKey: $key, input: { mode: ADD, quota: "5", reason: "r" }) { before } }', { id: own(userId), key: `k${userId}` }, root);
      em.create(Task, { taskId: `x${userId}`, platform: 'suno', action: 'MUSIC', userId, createdAt: at, updatedAt: at, submittedAt: at });
      em.create(TopUp, { userId, tradeNo: `o${userId}`, provider: PaymentProvider.EPAY, method: 'x', quota: 1n, money: '1', currency: 'USD', amount: 1n, idempotencyKey: 'k', inputHash: 'h', createdAt: at });
    }
    await em.flush();
    await em.transactional((inner) => insertLogs(sqlOf(inner), [hers, his].map(({ userId }) => usageEvent({ chargeId: `c${userId}`, userId, endedAt: at.getTime() })), at));
    await sqlOf(em)('insert into usage_hour (hour, user_id, token_id, channel_id, model, group_name, requests, quota) select $1, id, 1, 1, $2, $3, 1, 7 from unnest($4::int[]) as u(id)', [new Date('2026-11-20T10:00:00Z'), 'm', 'default', [hers.userId, his.userId]]);
    ({ secret } = await create({ permissions: everything, userScope: [own(hers.userId)] }) as { secret: string });
  });

  it('finds in every list what is theirs, and nothing else', async () => {
    const { body } = await ask(`{ users { nodes { id } totalCount { value } } tokens { nodes { ownerId } } logs { nodes { userId } totalCount { value } } ledger { nodes { id } totalCount { value } }
      topUps { nodes { userId } } tasks { nodes { ownerId } } logSummary { requests } }`, secret);
    expect(body.errors).toBeUndefined();
    const { users, tokens, logs, ledger, topUps, tasks, logSummary } = body.data as Data, id = own(hers.userId);
    expect([users.nodes, users.totalCount, tokens.nodes, topUps.nodes, tasks.nodes]).toEqual([[{ id }], { value: '1' }, [{ ownerId: id }], [{ userId: hers.userId }], [{ ownerId: id }]]);
    expect(new Set((logs.nodes as Data[]).map(({ userId }) => userId as string))).toEqual(new Set([String(hers.userId)]));
    expect([ledger.totalCount.value, logSummary.requests]).toEqual(['1', '2']);          // one is in the log, one only in the statistics
  });

  it('is not let out of its users by a filter, an id or a node', async () => {
    const other = own(his.userId), { body } = await ask(`{ user(id: "${other}") { id } logs(filter: { userIds: ["${other}"] }) { nodes { id } } tokens(filter: { ownerId: "${other}" }) { nodes { id } }
      ledger(filter: { userId: "${other}" }) { nodes { id } } node(id: "${other}") { id } usageSeries(input: { range: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }, interval: DAY, metrics: [QUOTA] }) { totals { value } } }`, secret);
    expect(body.data).toEqual({ user: null, logs: { nodes: [] }, tokens: { nodes: [] }, ledger: { nodes: [] }, node: null, usageSeries: { totals: [{ value: '3632' }] } });
    const task = (await sqlOf(app.base.orm.em.fork())<{ id: string }>('select id::text as id from task where user_id = $1', [his.userId]))[0]!.id;
    expect((await ask(`{ node(id: "tsk_${task}") { id } }`, secret)).body.data.node).toBeNull();
  });

  it('changes those users only: the others are not there', async () => {
    const change = (id: string) => ask(`mutation { userUpdate(id: "${id}", input: { displayName: "x" }) { userErrors { code } } userQuotaAdjust(id: "${id}", idempotencyKey: "q-${id}", input: { mode: ADD, quota: "1", reason: "r" }) { userErrors { code } }
      userSetStatus(id: "${id}", status: ENABLED) { userErrors { code } } userBulkUpdate(ids: ["${id}"], input: { group: "default" }) { results { ok userErrors { code } } } }`, secret);
    const none = { userErrors: [] }, gone = { userErrors: [{ code: 'NOT_FOUND' }] };
    expect((await change(own(hers.userId))).body.data).toEqual({ userUpdate: none, userQuotaAdjust: none, userSetStatus: none, userBulkUpdate: { results: [{ ok: true, userErrors: [] }] } });
    expect((await change(own(his.userId))).body.data).toEqual({ userUpdate: gone, userQuotaAdjust: gone, userSetStatus: gone, userBulkUpdate: { results: [{ ok: false, ...gone }] } });
  });

  it('may not use what does not keep to users, over REST as little', async () => {
    for (const query of ['{ channels { nodes { id } } }', '{ options { key } }', '{ auditEvents { nodes { id } } }', '{ usageRows { quota } }', 'mutation { userCreate(input: { username: "new", password: "a long password" }) { userErrors { code } } }']) {
      expect((await ask(query, secret)).body.errors[0].extensions.code).toBe('FORBIDDEN');
    }
    expect((await rest('GET', '/api/channel/', secret)).status).toBe(403);
    expect((await rest('GET', '/api/user/', secret)).body.data).toMatchObject({ total: 1, items: [{ id: hers.userId }] });
  });

  it('says whom it is limited to', async () => {
    const { data } = await app.query('{ integrationKeys { userScope } }', {}, root);
    expect(data!.integrationKeys[0]).toEqual({ userScope: [own(hers.userId)] });
  });
});

describe('an integration key', () => {
  it('is shown once and stored as a hash', async () => {
    const { secret, key } = await create({});
    expect(secret).toMatch(/^ik_\w{48}$/);
    expect(key).toMatchObject({ prefix: secret.slice(0, 8), permissions: ['USER_READ'] });
    const rows = JSON.stringify(await sqlOf(app.base.orm.em.fork())('select * from integration_key, audit_event'));
    expect(rows).not.toContain(secret);
  });

  it('may do what it names, and nothing else, whoever made it', async () => {
    const { secret } = await create({});
    expect((await ask(users, secret)).body.data.users.nodes.length).toBeGreaterThan(0);
    for (const query of ['{ channels { nodes { id } } }', '{ options { key } }', 'mutation { accessTokenRotate { accessToken } }', '{ integrationKeys { id } }']) {
      expect((await ask(query, secret)).body.errors[0].extensions.code).toBe('FORBIDDEN');
    }
    expect((await ask('{ viewer { user { id } } }', secret)).body.data).toEqual({ viewer: null });
  });

  it('calls the compatible API without New-Api-User', async () => {
    const { secret } = await create({ permissions: ['REDEMPTION_READ', 'REDEMPTION_WRITE'] });
    expect(await rest('POST', '/api/redemption', secret, { name: 'gift', quota: 500, count: 1 })).toMatchObject({ status: 200, body: { success: true } });
    expect((await rest('GET', '/api/redemption/', secret)).body.data.total).toBe(1);
    expect((await rest('GET', '/api/user/', secret)).status).toBe(403);
    expect((await rest('GET', '/api/user/self', secret)).status).toBe(403);
  });

  it('stands in the audit log under its maker, as a key', async () => {
    const { data } = await app.query('{ auditEvents(filter: { actions: ["redemptionBatchCreate"] }) { nodes { actorName via route } } }', {}, root);
    expect(data!.auditEvents.nodes).toEqual([{ actorName: root.username, via: 'integration-key', route: 'POST /api/redemption/' }]);
  });

  it('draws on a bucket of its own, at its own rate', async () => {
    const { secret } = await create({ costPerSecond: 7 });
    const { body } = await ask('{ rateLimit { limit restoreRate remaining } }', secret);
    expect(body.data.rateLimit).toEqual({ limit: 10_000, restoreRate: 7, remaining: 9_999 });
  });

  it('says which program calls, and the list of keys shows it', async () => {
    const { secret, key } = await create({}), shown = async () => ((await app.query('{ integrationKeys { id lastClient } }', {}, root)).data!.integrationKeys as Data[]).find(({ id }) => id === key.id)!.lastClient as unknown;
    for (const name of [undefined, ' ', 'x'.repeat(61), 'ä']) {
      const headers: Record<string, string> = { authorization: `Bearer ${secret}`, ...(name !== undefined && { 'x-client-name': name }) };
      for (const path of ['/graphql', '/graphql/stream']) {
        const { status, body } = await app.request({ path, body: { query: users }, headers: { ...headers, accept: 'text/event-stream' } });
        expect([status, (JSON.parse(String(body)) as Data).errors[0]]).toMatchObject([400, { message: expect.stringContaining('X-Client-Name'), extensions: { code: 'BAD_REQUEST' } }]);
      }
    }
    expect(await shown()).toBeNull();
    app.clock.advance(60_000);
    expect((await ask(users, secret)).status).toBe(200);
    expect(await shown()).toBe('billing/1.2');
  });

  it('opens only from its addresses', async () => {
    const { secret } = await create({ allowIps: ['198.51.100.0/24', '2001:db8::1'] });
    expect((await ask(users, secret, '198.51.100.7')).status).toBe(200);
    const elsewhere = await ask(users, secret, '203.0.113.1');
    expect([elsewhere.status, elsewhere.body.errors[0].message]).toEqual([401, 'This integration key may not be used from this address']);
  });

  it('ends at its time, and when it is revoked', async () => {
    const { secret, key } = await create({ expiresAt: new Date(app.clock.now().getTime() + 60_000).toISOString() });
    expect((await ask(users, secret)).status).toBe(200);
    app.clock.advance(60_000);
    expect((await ask(users, secret)).body.errors[0].message).toBe('Integration key is unknown, expired or revoked');
    const other = await create({});
    const { data } = await app.query('mutation ($id: ID!) { integrationKeyRevoke(id: $id) { ok userErrors { code } } }', { id: other.key.id }, root);
    expect(data!.integrationKeyRevoke).toEqual({ ok: true, userErrors: [] });
    expect((await ask(users, other.secret)).status).toBe(401);
    expect(key.id).not.toBe(other.key.id);
  });

  it('loses what its maker loses', async () => {
    const maker = await app.user({ role: 100 }), { secret } = await create({ permissions: ['OPTION_READ', 'USER_READ'] }, maker), sql = sqlOf(app.base.orm.em.fork());
    const may = async (query: string) => (await ask(query, secret)).body.errors === undefined;
    expect([await may('{ options { key } }'), await may(users)]).toEqual([true, true]);
    await sql('update user_account set role = 10 where id = $1', [maker.userId]);
    expect([await may('{ options { key } }'), await may(users)]).toEqual([false, true]);
    await sql(`update user_account set status = 'DISABLED' where id = $1`, [maker.userId]);
    expect((await ask(users, secret)).status).toBe(401);
  });

  it.each([
    { name: 'no name', input: { name: ' ' }, code: 'REQUIRED', path: ['input', 'name'] },
    { name: 'no permission', input: { permissions: [] }, code: 'REQUIRED', path: ['input', 'permissions'] },
    { name: 'a permission that the maker lacks', input: { permissions: ['USER_READ', 'OPTION_WRITE'] }, code: 'NOT_ALLOWED', path: ['input', 'permissions', '1'] },
    { name: 'an address that is none', input: { allowIps: ['10.0.0.0/8', 'everywhere'] }, code: 'INVALID', path: ['input', 'allowIps', '1'] },
    { name: 'an end in the past', input: { expiresAt: '2020-01-01T00:00:00Z' }, code: 'INVALID', path: ['input', 'expiresAt'] },
    { name: 'nobody to be limited to', input: { userScope: [] }, code: 'OUT_OF_RANGE', path: ['input', 'userScope'] },
    { name: 'somebody who is not there', input: { userScope: ['usr_1', 'usr_999999'] }, code: 'NOT_FOUND', path: ['input', 'userScope', '1'] },
    { name: 'no rate', input: { costPerSecond: 0 }, code: 'OUT_OF_RANGE', path: ['input', 'costPerSecond'] },
  ])('is refused with $name', async ({ input, code, path }) => {
    expect((await create(input, admin)).userErrors).toEqual([{ code, path }]);
  });

  it('that nobody knows opens nothing', async () => {
    expect((await ask(users, `ik_${'x'.repeat(48)}`)).status).toBe(401);
    expect((await rest('GET', '/api/user/', 'ik_')).status).toBe(401);
  });
});
