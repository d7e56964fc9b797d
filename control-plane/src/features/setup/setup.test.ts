import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../ledger/account.entity.ts';
import { StoredOption } from '../option/option.entity.ts';
import { User } from '../user/user.entity.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

const document = 'mutation ($input: SetupInput!) { setupComplete(input: $input) { ok userErrors { code message path } } }';
const input = { username: 'root', password: 'a long password' };
const token = 'one-time-token-0123456789';

let app: TestApp | undefined, refusing: TestApp;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

const post = (body: object, message: Parameters<TestApp['request']>[0] = {}, on = app!) =>
  on.request({ body: { query: document, variables: { input: body } }, ...message, headers: { 'accept-language': 'en', host: 'localhost:3000', ...message.headers } });
const outcome = async (body: object, message?: Parameters<TestApp['request']>[0], on?: TestApp) => JSON.parse(String((await post(body, message, on)).body)).data.setupComplete;

describe('set-up', () => {
  it('makes the root user with the opening credit, and is then closed', async () => {
    app = await startTestApp({ WEIR_COST_LIMITS: 'off' });
    expect(await outcome({ ...input, confirmPassword: 'a long password', mode: 'SELF_USE' })).toEqual({ ok: true, userErrors: [] });
    const em = app.base.orm.em.fork();
    expect(await em.findOneOrFail(User, { username: 'root' })).toMatchObject({ role: 100, group: 'default' });
    expect((await em.findOneOrFail(Account, { name: 'user:1' })).balance).toBe(100_000_000n);
    expect((await em.findOneOrFail(StoredOption, { key: 'SelfUseModeEnabled' })).value).toBe('true');
    expect(await outcome({ ...input, username: 'other' })).toMatchObject({ ok: false, userErrors: [{ code: 'CONFLICT', message: 'Already set up' }] });
    expect((await app.query('{ setup { done rootExists } }')).data).toEqual({ setup: { done: true, rootExists: true } });
  });

  it('has one winner among a hundred', async () => {
    app = await startTestApp({ WEIR_COST_LIMITS: 'off' });
    const all = await Promise.all(Array.from({ length: 100 }, (_, index) => outcome({ ...input, username: `root${index}` })));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await app.base.orm.em.fork().count(User, {})).toBe(1);
  });

  it.each<{ name: string; message: Parameters<TestApp['request']>[0] }>([
    { name: 'another machine', message: { address: '203.0.113.9' } },
    { name: 'a proxy on this machine', message: { headers: { 'x-forwarded-for': '203.0.113.9' } } },
    { name: 'a page whose name points at this machine', message: { headers: { host: 'rebound.example' } } },
  ])('refuses $name without the token, and takes it with the token', async ({ message }) => {
    app = await startTestApp({ WEIR_SETUP_TOKEN: token, WEIR_COST_LIMITS: 'off' });
    expect(await outcome(input, message)).toMatchObject({ ok: false, userErrors: [{ code: 'NOT_ALLOWED', path: ['input', 'token'] }] });
    expect(await outcome({ ...input, token: `${token}x` }, message)).toMatchObject({ ok: false });
    expect(await outcome({ ...input, token }, message)).toMatchObject({ ok: true });
  });
});

describe('a set-up that is refused', () => {
  beforeAll(async () => { refusing = await startTestApp({ WEIR_COST_LIMITS: 'off' }); });
  afterAll(() => refusing.stop());

  it.each([
    { name: 'a name of 13 characters', body: { ...input, username: 'a'.repeat(13) }, path: ['input', 'username'] },
    { name: 'no name', body: { ...input, username: '' }, path: ['input', 'username'] },
    { name: 'a short password', body: { ...input, password: '1234567' }, path: ['input', 'password'] },
    { name: 'a password that everybody tries', body: { ...input, password: 'password123', confirmPassword: 'password123' }, path: ['input', 'password'] },
    { name: 'passwords that differ', body: { ...input, confirmPassword: 'another password' }, path: ['input', 'confirmPassword'] },
  ])('refuses $name', async ({ body, path }) => {
    expect(await outcome(body, {}, refusing)).toMatchObject({ ok: false, userErrors: [{ path }] });
  });
});
