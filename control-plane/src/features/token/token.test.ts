import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { deriveKey } from '../../kernel/secret-box.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { SnapshotChange } from '../relay-link/snapshot-change.entity.ts';
import { newKey, readKey } from './token-key.ts';
import { Token } from './token.entity.ts';

const fields = 'id name maskedKey status unlimited remaining usedQuota models allowIps group expiresAt version';
const create = `mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { key token { ${fields} } userErrors { code message path } } }`;
const update = `mutation ($id: ID!, $input: TokenPatch!, $v: Int64) { tokenUpdate(id: $id, input: $input, expectedVersion: $v) { token { ${fields} } userErrors { code path } } }`;
const reveal = 'mutation ($ids: [ID!]!) { tokenReveal(ids: $ids) { keys { id key } userErrors { code } } }';

let app: TestApp, me: Principal, other: Principal;
beforeAll(async () => {
  app = await startTestApp();
  [me, other] = [await app.user(), await app.user()];
});
afterAll(() => app.stop());

const run = async (document: string, variables: object, as: Principal = me): Promise<Data> => {
  const { data, errors } = await app.query(document, { ...variables }, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
};
const make = async (input: object = {}, as = me): Promise<Data> => (await run(create, { input: { name: 'a', ...input } }, as)).tokenCreate;
const change = async (id: string, input: object, v?: number): Promise<Data> => (await run(update, { id, input, v })).tokenUpdate;
const stored = (id: string) => app.base.orm.em.fork().findOneOrFail(Token, { id: Number(id.slice(4)) });

describe('a new token', () => {
  it('shows its key once, stores the keyed hash that relays compute, and a sealed copy', async () => {
    const { key, token } = await make({ name: 'mine', quota: '5000' });
    expect(key).toMatch(/^sk-[0-9A-Za-z]{48}$/);
    expect(token).toMatchObject({ name: 'mine', status: 'ENABLED', remaining: '5000', models: null, allowIps: [], group: '' });
    const row = await stored(token.id);
    const lookup = deriveKey(app.base.config.masterKey, 'token-lookup');
    expect(row.keyHash).toBe(createHash('sha256').update(Buffer.concat([lookup, Buffer.from(key.slice(3))])).digest('hex'));
    expect(row.keyEnvelope).toMatch(/^w1\./);
    expect(JSON.stringify(row)).not.toContain(key.slice(3));
    expect((await run(reveal, { ids: [token.id] })).tokenReveal).toEqual({ keys: [{ id: token.id, key }], userErrors: [] });
  });

  it('is told to relays in the same transaction', async () => {
    const { token } = await make();
    const changes = await app.base.orm.em.fork().find(SnapshotChange, { kind: 'token' });
    expect(changes.map(({ key }) => key)).toContain(token.id.slice(4));
  });

  it.each([
    { name: 'a name of 51 bytes', input: { name: 'n'.repeat(51) }, code: 'TOO_LONG', path: ['input', 'name'] },
    { name: 'a name of 17 Chinese characters, which are 51 bytes', input: { name: '名'.repeat(17) }, code: 'TOO_LONG', path: ['input', 'name'] },
    { name: 'a quota below zero', input: { quota: '-1' }, code: 'OUT_OF_RANGE', path: ['input', 'quota'] },
    { name: 'a quota above a billion dollars', input: { quota: '500000000000001' }, code: 'OUT_OF_RANGE', path: ['input', 'quota'] },
    { name: 'an address that is none', input: { allowIps: ['10.0.0.1', '10.0.0.999'] }, code: 'INVALID', path: ['input', 'allowIps', '1'] },
    { name: 'an empty model name', input: { models: [''] }, code: 'INVALID', path: ['input', 'models', '0'] },
    { name: 'a group that does not exist', input: { group: 'nowhere' }, code: 'NOT_ALLOWED', path: ['input', 'group'] },
  ])('is refused with $name', async ({ input, code, path }) => {
    expect(await make(input)).toMatchObject({ key: null, token: null, userErrors: [{ code, path }] });
  });

  it('takes the group that stands for others, and gives it where the operator prefers that', async () => {
    expect((await make({ group: 'auto' })).token).toMatchObject({ group: 'auto' });
    await app.base.orm.em.getConnection().execute(`insert into site_option (key, value, updated_at) values ('DefaultUseAutoGroup', 'true', now())`);
    expect([(await make({})).token.group, (await make({ group: '' })).token.group]).toEqual(['auto', '']);
    await app.base.orm.em.getConnection().execute(`delete from site_option where key = 'DefaultUseAutoGroup'`);
  });

  it('takes ranges and the own group', async () => {
    const { token } = await make({ allowIps: ['10.0.0.0/8', ' 2001:db8::/32 ', '::ffff:192.0.2.1'], group: 'default', models: ['gpt-4o'] });
    expect(token).toMatchObject({ allowIps: ['10.0.0.0/8', '2001:db8::/32', '::ffff:192.0.2.1'], group: 'default', models: ['gpt-4o'] });
  });

  it('is the thousandth at most', async () => {
    const hoarder = await app.user(), em = app.base.orm.em.fork();
    for (let count = 0; count < 1_000; count++) em.persist(em.create(Token, { userId: hoarder.userId, keyHash: `${count}`.padStart(64, '0'), maskedKey: 'x', name: '', createdAt: app.clock.now() }));
    await em.flush();
    expect(await make({}, hoarder)).toMatchObject({ userErrors: [{ code: 'LIMIT_REACHED' }] });
  });
});

describe('a change', () => {
  it('writes only what it names', async () => {
    const { token } = await make({ name: 'before', quota: '10', models: ['m'], expiresAt: '2030-01-01T00:00:00Z' });
    const { token: after } = await change(token.id, { name: 'after' });
    expect(after).toMatchObject({ ...token, name: 'after', version: expect.any(String) });
    expect((await change(token.id, { models: null, expiresAt: null })).token).toMatchObject({ models: null, expiresAt: null, name: 'after' });
    expect((await change(token.id, { limitModels: true })).token.models, 'the list that was written last').toEqual(['m']);
  });

  it('notices a change by someone else', async () => {
    const { token } = await make();
    await change(token.id, { name: 'first' }, Number(token.version));
    expect(await change(token.id, { name: 'second' }, Number(token.version))).toMatchObject({ token: null, userErrors: [{ code: 'CONFLICT' }] });
  });

  it('keeps a spent key from being enabled until its quota is raised', async () => {
    const { token } = await make({ quota: '0' });
    expect(token.status).toBe('EXHAUSTED');
    expect(await change(token.id, { status: 'ENABLED' })).toMatchObject({ userErrors: [{ code: 'INSUFFICIENT_QUOTA' }] });
    expect((await change(token.id, { status: 'ENABLED', quota: '5' })).token).toMatchObject({ status: 'ENABLED', remaining: '5' });
  });

  it('brings back a key that its charges have switched off when its quota is raised', async () => {
    const { token } = await make({ quota: '1' });
    await app.base.orm.em.getConnection().execute(`update token set status = 'EXHAUSTED' where id = ?`, [Number(token.id.slice(4))]);
    expect((await change(token.id, { quota: '5' })).token).toMatchObject({ status: 'ENABLED', remaining: '5' });
  });

  it('keeps an expired key from being enabled until its expiry is moved', async () => {
    const { token } = await make({ unlimited: true, expiresAt: new Date(app.clock.now().getTime() + 1_000).toISOString() });
    app.clock.advance(1_000);
    expect((await run('query ($id: ID!) { token(id: $id) { status } }', { id: token.id })).token.status).toBe('EXPIRED');
    expect(await change(token.id, { status: 'ENABLED' })).toMatchObject({ userErrors: [{ code: 'EXPIRED' }] });
    expect((await change(token.id, { status: 'ENABLED', expiresAt: null })).token.status).toBe('ENABLED');
  });

  it('limits a key that was unlimited to nothing unless it says how much', async () => {
    const { token } = await make({ unlimited: true });
    expect((await change(token.id, { unlimited: false })).token).toMatchObject({ unlimited: false, remaining: '0', status: 'EXHAUSTED' });
  });
});

describe('someone else\'s token', () => {
  it.each([
    { name: 'reading', document: 'query ($id: ID!) { answer: token(id: $id) { id } }' },
    { name: 'changing', document: 'mutation ($id: ID!) { answer: tokenUpdate(id: $id, input: { name: "x" }) { token { id } userErrors { code message path } } }' },
    { name: 'disabling', document: 'mutation ($id: ID!) { answer: tokenSetStatus(id: $id, status: DISABLED) { token { id } userErrors { code message path } } }' },
    { name: 'deleting', document: 'mutation ($id: ID!) { answer: tokenDelete(id: $id) { deletedId userErrors { code message path } } }' },
    { name: 'revealing', document: 'mutation ($id: ID!) { answer: tokenReveal(ids: [$id]) { keys { key } userErrors { code message path } } }' },
    { name: 'deleting many', document: 'mutation ($id: ID!) { answer: tokenBulkDelete(ids: [$id]) { deleted userErrors { code } } }' },
  ])('looks like one that never was when $name', async ({ document }) => {
    const { token } = await make({}, other);
    const theirs = await app.query(document, { id: token.id }, me), none = await app.query(document, { id: 'tok_999999' }, me);
    expect(theirs).toEqual(none);
    expect((await stored(token.id)).status).toBe('ENABLED');
    expect((await stored(token.id)).deletedAt).toBeNull();
  });

  it('has no key to read in the admins\' list', async () => {
    const admin = await app.user({ role: 10 });
    const { token } = await make({}, other);
    const { nodes } = (await run(`{ tokens(filter: { ownerId: "usr_${other.userId}" }) { nodes { id key } } }`, {}, admin)).tokens;
    expect(nodes).toContainEqual({ id: token.id, key: null });
  });
});

describe('the list', () => {
  it('gives every token once, by cursor and by offset, when all have the same order value', async () => {
    const owner = await app.user();
    for (let count = 0; count < 7; count++) await make({ name: 'same' }, owner);
    const page = async (args: string) => (await run(`{ viewer { tokens(${args}, orderBy: { field: EXPIRES_AT, direction: ASC }) { nodes { id } pageInfo { hasNextPage endCursor } totalCount { value } } } }`, {}, owner)).viewer.tokens;
    const seen: string[] = [];
    for (let after = '', more = true; more;) {
      const { nodes, pageInfo } = await page(`first: 3${after}`);
      seen.push(...nodes.map(({ id }: { id: string }) => id));
      more = pageInfo.hasNextPage;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    const third = await page('first: 3, offset: 6');
    expect([third.nodes.map(({ id }: { id: string }) => id), third.totalCount.value]).toEqual([[seen[6]], '7']);
  });

  it('finds by part of the name, by the ends of the key and by the whole key', async () => {
    const owner = await app.user();
    const [one] = [await make({ name: 'blue 100%' }, owner), await make({ name: 'green' }, owner)];
    const find = async (filter: object) => (await run('query ($filter: TokenFilter) { viewer { tokens(filter: $filter) { nodes { name } } } }', { filter }, owner)).viewer.tokens.nodes.map(({ name }: { name: string }) => name);
    expect(await find({ search: '100%' })).toEqual(['blue 100%']);
    expect(await find({ search: 'l%0' })).toEqual([]);
    expect(await find({ keyFragment: one!.key })).toEqual(['blue 100%']);
    expect(await find({ keyFragment: one!.key.slice(-4) })).toContain('blue 100%');
  });

  it('asks for all balances at once', async () => {
    const owner = await app.user();
    for (let count = 0; count < 10; count++) await make({ quota: '1' }, owner);
    const queries = await app.countQueries(() => run('{ viewer { user { quota } tokens(first: 10) { nodes { remaining status } } } }', {}, owner));
    expect(queries).toBeGreaterThan(1);
    expect(queries).toBeLessThanOrEqual(4);
  });

  it.each([
    { name: 'a cursor of another list', args: 'after: "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"', code: 'CURSOR_MISMATCH' },
    { name: 'offset and cursor together', args: 'offset: 1, after: "x"', code: 'BAD_USER_INPUT' },
    { name: 'an offset beyond 10,000', args: 'offset: 10001', code: 'PAGINATION_TOO_DEEP' },
    { name: 'a page of 101', args: 'first: 101', code: 'BAD_USER_INPUT' },
  ])('refuses $name', async ({ args, code }) => {
    const { errors } = await app.query(`{ viewer { tokens(${args}) { nodes { id } } } }`, {}, me);
    expect(errors![0]!.extensions!.code).toBe(code);
  });
});

describe('reading a key', () => {
  it('takes what was made, with or without prefix and pinned channel, and nothing else', () => {
    fc.assert(fc.property(fc.constant(0).map(newKey), fc.nat(), (key, channel) => {
      for (const form of [key, `sk-${key}`, `sk-${key}-${channel}`]) expect(readKey(form)).toBe(key);
    }));
    fc.assert(fc.property(fc.string().filter((text) => !/^(sk-)?[0-9A-Za-z]{48}(-|$)/.test(text)), (text) => { expect(readKey(text)).toBeUndefined(); }));
  });
});

describe('the key as a credential of the management API', () => {
  const usage = async (key: string) => {
    const { status, body } = await app.request({ path: '/api/usage/token/', headers: { authorization: `Bearer ${key}` } });
    return { status, body: JSON.parse(String(body)) };
  };

  it('reads its own numbers, also when it is spent, and nothing else', async () => {
    const { key, token } = await make({ name: 'spent', quota: '0', models: ['m'], expiresAt: '2020-01-01T00:00:00Z' });
    const { status, body } = await usage(key);
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, code: true, message: 'ok', data: {
      object: 'token_usage', name: 'spent', total_granted: 0, total_used: 0, total_available: 0, unlimited_quota: false,
      model_limits: { m: true }, model_limits_enabled: true, expires_at: 1_577_836_800,
    } });
    for (const query of ['{ viewer { user { username } } }', '{ viewer { tokens { nodes { key } } } }', '{ viewer { currentToken { key } } }', 'mutation { tokenCreate(input: {}) { key } }']) {
      const answer = JSON.parse(String((await app.request({ headers: { authorization: `Bearer ${key}` }, body: { query } })).body));
      expect(answer.errors[0].extensions.code).toBe('FORBIDDEN');
    }
    await change(token.id, { status: 'DISABLED' });
    expect((await usage(key)).status).toBe(401);
  });
});

describe('REST', () => {
  it('makes, lists, changes and deletes in the words of new-api clients', async () => {
    const owner = await app.user(), token = (await run('mutation { accessTokenRotate { accessToken } }', {}, owner)).accessTokenRotate.accessToken;
    const call = async (method: string, path: string, body?: object) => {
      const answer = await app.request({ method, path, body, headers: { authorization: token, 'new-api-user': String(owner.userId), 'accept-language': 'zh' } });
      return JSON.parse(String(answer.body));
    };
    const made = await call('POST', '/api/token/', { name: 'rest', remain_quota: 1000, expired_time: -1, unlimited_quota: false, model_limits_enabled: false, model_limits: '', allow_ips: '', group: '' });
    expect(made).toMatchObject({ success: true, message: 'Token创建成功', data: { name: 'rest', key: expect.stringMatching(/^sk-\w{48}$/), remain_quota: 1000, expired_time: -1, model_limits_enabled: false } });
    const listed = await call('GET', '/api/token/');
    expect(listed.data).toMatchObject({ page: 1, total: 1, items: [{ id: made.data.id, key: made.data.key.slice(3), status: 1, user_id: owner.userId }] });
    expect((await call('GET', '/api/token')).data[0].name).toBe('rest');
    const changed = await call('PUT', '/api/token/', { id: made.data.id, name: 'renamed', model_limits_enabled: true, model_limits: 'a,b', allow_ips: '10.0.0.1\n10.0.0.2', status: 2 });
    expect(changed.data).toMatchObject({ name: 'renamed', model_limits: 'a,b', allow_ips: '10.0.0.1\n10.0.0.2', status: 2, remain_quota: 1000 });
    expect((await call('GET', '/api/token/search?keyword=ren')).data).toHaveLength(1);
    expect((await call('DELETE', `/api/token/${made.data.id}`)).message).toBe('Token删除成功');
    expect((await call('GET', `/api/token/${made.data.id}`))).toMatchObject({ success: false });
  });
});

describe('rotating', () => {
  const rotate = 'mutation ($id: ID!, $v: Int64) { tokenRotate(id: $id, expectedVersion: $v) { key token { id maskedKey remaining version } userErrors { code path } } }';
  const proven = (): Principal => ({ ...me, credential: 'session', signedInAt: app.clock.now().getTime() });

  it('gives another key and leaves everything else, and relays are told', async () => {
    const { key: before, token } = await make({ name: 'turns', quota: '700' });
    const forgotten = app.base.orm.em.fork();
    await forgotten.nativeDelete(SnapshotChange, {});
    const { tokenRotate: turned } = await run(rotate, { id: token.id, v: token.version }, proven());
    expect(turned).toMatchObject({ key: expect.stringMatching(/^sk-[0-9A-Za-z]{48}$/), token: { id: token.id, remaining: '700' }, userErrors: [] });
    expect(turned.key).not.toBe(before);
    expect((await run(reveal, { ids: [token.id] })).tokenReveal.keys).toEqual([{ id: token.id, key: turned.key }]);
    expect((await forgotten.find(SnapshotChange, { kind: 'token' })).map(({ key }) => key)).toContain(token.id.slice(4));
    const byKey = async (text: string) => (await run('query ($f: TokenFilter) { viewer { tokens(filter: $f) { nodes { id } } } }', { f: { keyFragment: text } })).viewer.tokens.nodes.length;
    expect([await byKey(before), await byKey(turned.key)]).toEqual([0, 1]);
  });

  it('is refused when somebody changed it, for what is another\'s, and without a fresh proof', async () => {
    const { token } = await make(), theirs = (await make({}, other)).token;
    expect((await run(rotate, { id: token.id, v: '99' }, proven())).tokenRotate).toMatchObject({ key: null, userErrors: [{ code: 'CONFLICT' }] });
    expect((await run(rotate, { id: theirs.id }, proven())).tokenRotate).toEqual({ key: null, token: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    const { errors } = await app.query(rotate, { id: token.id }, { ...me, credential: 'session', signedInAt: app.clock.now().getTime() - 301_000 });
    expect(errors).toMatchObject([{ extensions: { code: 'STEP_UP_REQUIRED' } }]);
  });
});
