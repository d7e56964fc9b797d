import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../kernel/http/http-message.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { hashPassword } from '../user/password.ts';

const signIn = 'mutation ($input: LoginInput!) { sessionCreate(input: $input) { viewer { user { username } permissions } userErrors { code message } } }';
const who = '{ viewer { user { username } } }';
const hour = 3_600_000, day = 24 * hour;

let app: TestApp, passwordHash: string, counter = 0;
beforeAll(async () => {
  app = await startTestApp();
  passwordHash = await hashPassword('right password');
});
afterAll(() => app.stop());

const json = ({ body }: HttpAnswer) => JSON.parse(String(body));
const cookieOf = (answer: HttpAnswer) => answer.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
/** Every test signs in from an address of its own, so that one test's failures do not count for another. */
const freshAddress = () => `198.51.100.${++counter}`;

const post = (query: string, { variables, headers = {}, address = '127.0.0.1' }: { variables?: object; headers?: Record<string, string>; address?: string } = {}) =>
  app.request({ address, headers: { 'accept-language': 'en', host: 'localhost', ...headers }, body: { query, variables } });
const login = (username: string, password = 'right password', address = freshAddress(), headers: Record<string, string> = {}) =>
  post(signIn, { variables: { input: { username, password } }, address, headers });
const withCookie = (cookie: string, query = who) => post(query, { headers: { cookie, 'x-requested-with': 'test' } });
const sessionOf = (answer: HttpAnswer) => cookieOf(answer)[0]!.split(';')[0]!;

describe('signing in', () => {
  it('sets a cookie that only this machine may have without Secure', async () => {
    await app.user({ username: 'ann', passwordHash });
    const answer = await login('ann');
    expect(json(answer).data.sessionCreate).toEqual({ viewer: { user: { username: 'ann' }, permissions: [] }, userErrors: [] });
    expect(cookieOf(answer)[0]).toMatch(/^session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(json(await withCookie(sessionOf(answer))).data.viewer.user.username).toBe('ann');
    const elsewhere = await login('ann', 'right password', freshAddress(), { host: 'gateway.example' });
    expect(cookieOf(elsewhere)[0]).toMatch(/; Secure$/);
  });

  it('takes the e-mail address in any case', async () => {
    await app.user({ username: 'eve', email: 'eve@example.com', passwordHash });
    expect(json(await login('Eve@Example.com')).data.sessionCreate.viewer.user.username).toBe('eve');
  });

  it('tells an unknown user nothing that a wrong password does not', async () => {
    await app.user({ username: 'bob', passwordHash });
    const [wrong, unknown] = [json(await login('bob', 'wrong password')), json(await login('nobody', 'wrong password'))];
    expect({ ...wrong, extensions: null }).toEqual({ ...unknown, extensions: null });
    expect(wrong.data.sessionCreate).toEqual({ viewer: null, userErrors: [{ code: 'INVALID', message: 'Wrong user name or password' }] });
  });

  it('never takes the stored hash as a password', async () => {
    await app.user({ username: 'carl', passwordHash });
    expect(json(await login('carl', passwordHash)).data.sessionCreate.viewer).toBeNull();
  });

  it('gives a new id at each sign-in and ends the one that came along', async () => {
    await app.user({ username: 'dora', passwordHash });
    const first = sessionOf(await login('dora'));
    const second = sessionOf(await login('dora', 'right password', freshAddress(), { cookie: first, 'x-requested-with': 'test' }));
    expect(second).not.toBe(first);
    expect(json(await withCookie(first)).data.viewer).toBeNull();
    const planted = sessionOf(await login('dora', 'right password', freshAddress(), { cookie: 'session=planted' }));
    expect(planted).not.toContain('planted');
  });

  it('stops guessing at one account after five failures, also from many addresses', async () => {
    await app.user({ username: 'fay', passwordHash });
    for (let tries = 0; tries < 5; tries++) expect((await login('fay', 'wrong password')).status).toBe(200);
    const refused = await login('fay');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.find(([name]) => name === 'retry-after')?.[1])).toBeGreaterThan(0);
    expect(json(refused).errors[0].extensions).toMatchObject({ code: 'THROTTLED' });
  });

  it('does not let strangers lock out the owner, who has signed in from their own address', async () => {
    await app.user({ username: 'gus', passwordHash });
    const home = freshAddress();
    await login('gus', 'right password', home);
    for (let tries = 0; tries < 6; tries++) await login('gus', 'wrong password');
    expect((await login('gus', 'right password')).status).toBe(429);
    expect(json(await login('gus', 'right password', home)).data.sessionCreate.viewer).not.toBeNull();
  });

  it('stops guessing from one address, at any accounts', async () => {
    const address = freshAddress();
    for (let tries = 0; tries < 20; tries++) await login(`ghost-${tries}`, 'wrong password', address);
    expect((await login('ghost-99', 'wrong password', address)).status).toBe(429);
  });

  it('counts every alias of one request', async () => {
    const address = freshAddress();
    const aliases = Array.from({ length: 5 }, (_, index) => `a${index}: sessionCreate(input: { username: "x", password: "guess${index}xx" }) { viewer { user { id } } }`);
    expect((await post(`mutation { ${aliases.join(' ')} }`, { address })).status).toBe(422);
  });

  it('refuses a disabled account only after the right password', async () => {
    await app.user({ username: 'hal', passwordHash, status: 'DISABLED' as never });
    expect(json(await login('hal', 'wrong password')).data.sessionCreate.userErrors[0].code).toBe('INVALID');
    expect(json(await login('hal')).data.sessionCreate.userErrors[0]).toEqual({ code: 'DISABLED', message: 'This account is disabled' });
  });
});

describe('a session', () => {
  it.each([
    { name: 'a user idle for 8 days', role: 1, steps: [8 * day] },
    { name: 'a user after 30 days of use', role: 1, steps: Array.from({ length: 30 }, () => day) },
    { name: 'an admin idle for 13 hours', role: 10, steps: [13 * hour] },
    { name: 'an admin after 7 days of use', role: 10, steps: Array.from({ length: 15 }, () => 11.9 * hour) },
  ])('is over for $name', async ({ role, steps }) => {
    const { username } = await app.user({ role, passwordHash });
    const cookie = sessionOf(await login(username));
    for (const step of steps) {
      expect(json(await withCookie(cookie)).data.viewer?.user.username).toBe(username);
      app.clock.advance(step);
    }
    expect(json(await withCookie(cookie)).data.viewer).toBeNull();
  });

  it('ends with signing out, also for somebody who still has the cookie', async () => {
    const { username } = await app.user({ passwordHash });
    const cookie = sessionOf(await login(username));
    const answer = await withCookie(cookie, 'mutation { sessionEnd { ok } }');
    expect(cookieOf(answer)[0]).toMatch(/^session=; Max-Age=0/);
    expect(json(await withCookie(cookie)).data.viewer).toBeNull();
  });

  it('is listed and revoked by its owner only', async () => {
    const [one, other] = [await app.user({ passwordHash }), await app.user({ passwordHash })];
    const mine = sessionOf(await login(one.username)), theirs = sessionOf(await login(other.username));
    const list = json(await withCookie(mine, '{ viewer { sessions { id current ip } } }')).data.viewer.sessions;
    expect(list).toEqual([{ id: expect.stringMatching(/^ses_/), current: true, ip: expect.any(String) }]);
    await withCookie(theirs, `mutation { sessionRevoke(ids: ["${list[0].id}"]) { ok } }`);
    expect(json(await withCookie(mine)).data.viewer).not.toBeNull();
    await withCookie(mine, `mutation { sessionRevoke(ids: ["${list[0].id}"]) { ok } }`);
    expect(json(await withCookie(mine)).data.viewer).toBeNull();
  });

  it('needs a header that a foreign page cannot send', async () => {
    const { username, userId } = await app.user({ passwordHash });
    const cookie = sessionOf(await login(username));
    const bare = await post(who, { headers: { cookie } });
    expect([bare.status, json(bare).errors[0].extensions.code]).toEqual([403, 'CSRF_REQUIRED']);
    expect((await post(who, { headers: { cookie, 'new-api-user': String(userId) } })).status).toBe(200);
    const form = await app.request({ body: `query=${who}`, headers: { cookie, 'x-requested-with': 'x', 'content-type': 'application/x-www-form-urlencoded' } });
    expect(form.status).toBe(400);
    const contradicting = await post(who, { headers: { cookie, 'new-api-user': '999999' } });
    expect(contradicting.status).toBe(401);
  });
});

describe('an access token', () => {
  it('signs in with and without the word Bearer, until it is replaced', async () => {
    const me = await app.user();
    const rotate = async () => (await app.query('mutation { accessTokenRotate { accessToken } }', {}, me)).data!.accessTokenRotate.accessToken as string;
    const token = await rotate();
    expect(token).toMatch(/^[0-9a-z]{32}$/);
    for (const authorization of [token, `Bearer ${token}`]) expect(json(await post(who, { headers: { authorization } })).data.viewer.user.username).toBe(me.username);
    await rotate();
    const answer = await post(who, { headers: { authorization: token } });
    expect([answer.status, json(answer).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('REST', () => {
  const call = async (method: string, path: string, options: { body?: object; headers?: Record<string, string> } = {}) => {
    const answer = await app.request({ method, path, body: options.body, address: freshAddress(), headers: { 'accept-language': 'zh-CN', host: 'localhost', ...options.headers } });
    return { answer, body: json(answer) };
  };

  it('signs in, reads the own account, makes an access token and signs out', async () => {
    const { username, userId } = await app.user({ passwordHash });
    const { answer, body } = await call('POST', '/api/user/login', { body: { username, password: 'right password' } });
    expect(body).toEqual({ success: true, message: '登录成功', data: { id: userId, username, display_name: '', role: 1, status: 1, group: 'default' } });
    const headers = { cookie: sessionOf(answer), 'new-api-user': String(userId) };
    expect((await call('GET', '/api/user/self', { headers })).body.data).toMatchObject({ id: userId, username, role: 1, quota: 0, permissions: { sidebar_settings: true } });
    expect((await call('GET', '/api/user/token', { headers })).body.data).toMatch(/^[0-9a-z]{32}$/);
    expect((await call('GET', '/api/user/logout', { headers })).body).toEqual({ success: true, message: '' });
    expect((await call('GET', '/api/user/self', { headers })).answer.status).toBe(401);
  });

  it.each([
    { name: 'nobody', headers: {}, status: 401, code: 'unauthenticated' },
    { name: 'a wrong access token', headers: { authorization: '0123456789abcdef0123456789abcdef', 'new-api-user': '1' }, status: 401, code: 'access_token_invalid' },
  ])('refuses $name', async ({ headers, status, code }) => {
    const { answer, body } = await call('GET', '/api/user/self', { headers: { ...headers } as Record<string, string> });
    expect([answer.status, body.success, body.code]).toEqual([status, false, code]);
  });

  it('wants the user id beside the credential', async () => {
    const me = await app.user(), { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, me);
    const authorization = data!.accessTokenRotate.accessToken as string;
    expect((await call('GET', '/api/user/self', { headers: { authorization } })).body).toMatchObject({ code: 'user_header_missing', message: '缺少 New-Api-User 请求头' });
    expect((await call('GET', '/api/user/self', { headers: { authorization, 'new-api-user': '424242' } })).body.code).toBe('user_header_mismatch');
  });

  it('says in the words of the contract what is wrong', async () => {
    const { username } = await app.user({ passwordHash });
    expect((await call('POST', '/api/user/login', { body: { username, password: 'wrong password' } })).body).toMatchObject({ success: false, message: '密码错误' });
    expect((await call('POST', '/api/user/login', { body: { username } })).body).toEqual({ success: false, message: '请求参数错误: password 缺失', code: 'invalid_params' });
  });
});
