import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { Browser } from '../../testing/browser.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { hashPassword } from '../user/password.ts';
import { TwoFactor } from './two-factor.entity.ts';

const password = 'right password';
let app: TestApp, passwordHash: string;
beforeAll(async () => {
  app = await startTestApp();
  passwordHash = await hashPassword(password);
});
afterAll(() => app.stop());
/** No test may meet the half minute that an earlier one has used. */
beforeEach(() => app.clock.advance(3_600_000));

const codeOf = (secret: string, offsetSeconds = 0): string => new TOTP({ secret }).generate({ timestamp: app.clock.now().getTime() + offsetSeconds * 1_000 });
const wrong = (secret: string): string => String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, '0');

interface Protected { me: Principal; browser: Browser; secret: string; backupCodes: string[] }

/** A user with an authenticator app, signed in; the app's present half minute is used up. */
async function withApp(role = 1): Promise<Protected> {
  const me = await app.user({ passwordHash, role }), browser = new Browser(app);
  await browser.signIn(me.username, password);
  const { secret, backup_codes: backupCodes } = (await browser.rest('POST', '/api/user/2fa/setup')).body.data;
  expect((await browser.rest('POST', '/api/user/2fa/enable', { code: codeOf(secret) })).body).toEqual({ success: true, message: '' });
  return { me, browser, secret, backupCodes };
}

const half = 30_000;
const refusedWith = (message: string, code: string) => ({ success: false, message, code });

describe('setting up', () => {
  it('gives a secret, its QR text and four backup codes, and asks for nothing before a code was right', async () => {
    const me = await app.user({ passwordHash }), browser = new Browser(app);
    await browser.signIn(me.username, password);
    const { data } = (await browser.rest('POST', '/api/user/2fa/setup')).body;
    expect(Object.keys(data)).toEqual(['secret', 'qr_code_data', 'backup_codes']);
    expect(data.qr_code_data).toMatch(new RegExp(`^otpauth://totp/Weir:${me.username}\\?.*secret=${data.secret}.*digits=6`));
    expect(data.backup_codes).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)));
    expect((await browser.rest('GET', '/api/user/2fa/status')).body.data).toEqual({ enabled: false, locked: false });
    expect((await browser.rest('POST', '/api/user/2fa/enable', { code: wrong(data.secret) })).body).toEqual(refusedWith('Wrong code', 'code_wrong'));
    expect((await browser.rest('POST', '/api/user/2fa/enable', { code: data.backup_codes[0] })).body.success).toBe(false);
    await browser.rest('POST', '/api/user/2fa/enable', { code: codeOf(data.secret) });
    expect((await browser.rest('GET', '/api/user/2fa/status')).body.data).toEqual({ enabled: true, locked: false, backup_codes_remaining: 4 });
  });

  it('refuses what does not fit the state', async () => {
    const { browser, secret } = await withApp();
    expect((await browser.rest('POST', '/api/user/2fa/setup')).body).toEqual(refusedWith('Two-factor authentication is already on', 'twofa_on'));
    expect((await browser.rest('POST', '/api/user/2fa/enable', { code: codeOf(secret, 30) })).body.message).toBe('Two-factor authentication is already on');
    const other = await restCaller(app);
    expect((await other.call('POST', '/api/user/2fa/enable', { code: '123456' })).body.message).toBe('Set up the authenticator app first');
    for (const path of ['disable', 'backup_codes']) expect((await other.call('POST', `/api/user/2fa/${path}`, { code: '123456' })).body.message).toBe('Two-factor authentication is off');
    expect((await other.call('POST', '/api/user/2fa/disable', {})).body).toEqual({ success: false, message: 'Invalid parameters: code is missing', code: 'invalid_params' });
  });

  it('keeps the secret sealed, bound to its user, and backup codes as keyed hashes', async () => {
    const { me, secret, backupCodes } = await withApp();
    const em = app.base.orm.em.fork(), row = await em.findOneOrFail(TwoFactor, { userId: me.userId });
    const dump = JSON.stringify(await em.getConnection().execute('select * from two_factor, backup_code'));
    for (const hidden of [secret, ...backupCodes, ...backupCodes.map((code) => code.replace('-', ''))]) expect(dump).not.toContain(hidden);
    expect(app.base.secretBox.open(row.secret, { table: 'two_factor', row: me.userId, column: 'secret' })).toBe(secret);
    expect(() => app.base.secretBox.open(row.secret, { table: 'two_factor', row: me.userId + 1, column: 'secret' })).toThrow();
  });

  it('ends the other sessions of the user, and only those', async () => {
    const me = await app.user({ passwordHash }), [here, there] = [new Browser(app), new Browser(app)];
    await here.signIn(me.username, password);
    await there.signIn(me.username, password);
    const { data } = (await here.rest('POST', '/api/user/2fa/setup')).body;
    await here.rest('POST', '/api/user/2fa/enable', { code: codeOf(data.secret) });
    expect([(await here.rest('GET', '/api/user/self')).status, (await there.rest('GET', '/api/user/self')).status]).toEqual([200, 401]);
  });
});

describe('signing in', () => {
  it('takes two steps', async () => {
    const { me, secret } = await withApp();
    app.clock.advance(half);
    const browser = new Browser(app), first = await browser.signIn(me.username, password);
    expect(first.body).toEqual({ success: true, message: 'Enter your two-factor code', data: { require_2fa: true } });
    browser.userId = me.userId;
    expect((await browser.rest('GET', '/api/user/self')).status, 'half a sign-in is none').toBe(401);
    const before = browser.cookie, second = await browser.rest('POST', '/api/user/login/2fa', { code: codeOf(secret) });
    expect(second.body).toMatchObject({ success: true, message: 'Signed in', data: { id: me.userId, username: me.username } });
    expect(browser.cookie, 'a new session id after the second step').not.toBe(before);
    expect((await browser.rest('GET', '/api/user/self')).status).toBe(200);
    expect((await browser.rest('POST', '/api/user/login/2fa', { code: codeOf(secret, 30) })).body).toMatchObject({ success: false, code: 'sign_in_not_begun' });
  });

  it('takes no code twice, also of two browsers at once', async () => {
    const { me, secret } = await withApp();
    app.clock.advance(half);
    const code = codeOf(secret), browsers = [new Browser(app), new Browser(app)];
    await browsers[0]!.signIn(me.username, password);
    await browsers[1]!.signIn(me.username, password);
    browsers[0]!.cookie = browsers[1]!.cookie;
    const answers = await Promise.all(browsers.map((one) => one.rest('POST', '/api/user/login/2fa', { code })));
    expect(answers.filter(({ body }) => body.success)).toHaveLength(1);
  });

  it('takes a backup code once, in any spelling', async () => {
    const { me, backupCodes: [code] } = await withApp(), browser = new Browser(app);
    await browser.signIn(me.username, password);
    expect((await browser.rest('POST', '/api/user/login/2fa', { code: code!.replace('-', ' ').toLowerCase() })).body.data.id).toBe(me.userId);
    await browser.signIn(me.username, password);
    expect((await browser.rest('POST', '/api/user/login/2fa', { code })).body).toEqual(refusedWith('Wrong code', 'code_wrong'));
  });

  it('takes a code of the half minute before and after, and none further away', async () => {
    const { me, secret } = await withApp(), browser = new Browser(app);
    app.clock.advance(10 * half);
    for (const [offset, taken] of [[-60, false], [60, false], [-30, true], [30, true]] as const) {
      await browser.signIn(me.username, password);
      expect((await browser.rest('POST', '/api/user/login/2fa', { code: codeOf(secret, offset) })).body.success).toBe(taken);
    }
  });

  it('waits ten minutes for the code, in the browser that knew the password, and forgets the older of two', async () => {
    const { me, secret } = await withApp();
    const [browser, stranger] = [new Browser(app), new Browser(app)], finish = (one: Browser, code: string) => one.rest('POST', '/api/user/login/2fa', { code });
    await browser.signIn(me.username, password);
    expect((await finish(stranger, codeOf(secret, 30))).body.code).toBe('sign_in_not_begun');
    await stranger.signIn(me.username, password);
    expect((await finish(browser, codeOf(secret, 30))).body.code, 'a newer sign-in ends it').toBe('sign_in_not_begun');
    app.clock.advance(10 * 60_000);
    expect((await finish(stranger, codeOf(secret))).body.code).toBe('sign_in_not_begun');
  });

  it('tells a disabled account so only at its end', async () => {
    const { me, secret } = await withApp(), browser = new Browser(app);
    app.clock.advance(half);
    await browser.signIn(me.username, password);
    await app.query('mutation ($id: ID!) { userSetStatus(id: $id, status: DISABLED) { userErrors { message } } }', { id: String(me.userId) }, await app.user({ role: 10 }));
    expect((await browser.rest('POST', '/api/user/login/2fa', { code: codeOf(secret) })).body).toMatchObject({ success: false, message: 'This account is disabled' });
  });
});

describe('guessing', () => {
  it('locks after five failures for 300 seconds, and each time twice as long', async () => {
    const { browser, secret } = await withApp(), guess = async (code: string) => (await browser.rest('POST', '/api/user/2fa/disable', { code })).body.message;
    for (const seconds of [300, 600, 1_200]) {
      for (let count = 0; count < 5; count++) expect(await guess(wrong(secret))).toBe('Wrong code');
      expect((await browser.rest('GET', '/api/user/2fa/status')).body.data).toMatchObject({ locked: true });
      app.clock.advance((seconds - 1) * 1_000);
      expect(await guess(codeOf(secret)), 'a right code is not taken while it is locked').toBe('Too many tries, locked for a while');
      app.clock.advance(1_000);
    }
    expect(await guess(codeOf(secret)), 'after the lock a right code is taken').toBe('');
  });

  it('checks five of a hundred guesses that come at once', async () => {
    const { me } = await withApp(), guesses = Array.from({ length: 100 }, (_, index) => String(index).padStart(6, '0'));
    const principal = { ...me };
    const answers = await Promise.all(guesses.map((code) => app.query('mutation ($code: String!) { twoFactorDisable(code: $code) { userErrors { code } } }', { code }, principal)));
    const codes = answers.map(({ data }) => data!.twoFactorDisable.userErrors[0]?.code);
    expect(codes.filter((code) => code !== 'LIMIT_REACHED').length).toBeLessThanOrEqual(5);
  });

  it('counts garbage, too', async () => {
    const { browser } = await withApp();
    for (const code of ['', 'abcdefg', '１２３４５６', '12345', 'x'.repeat(9_000)]) expect((await browser.rest('POST', '/api/user/2fa/disable', { code })).body.message).toBe('Wrong code');
    expect((await browser.rest('GET', '/api/user/2fa/status')).body.data.locked).toBe(true);
  });
});

describe('afterwards', () => {
  it('makes new backup codes, which end the old', async () => {
    const { browser, secret, backupCodes } = await withApp();
    app.clock.advance(half);
    const { data } = (await browser.rest('POST', '/api/user/2fa/backup_codes', { code: codeOf(secret) })).body;
    expect(data.backup_codes).toHaveLength(4);
    expect((await browser.rest('POST', '/api/user/2fa/disable', { code: backupCodes[0] })).body.success).toBe(false);
    expect((await browser.rest('POST', '/api/user/2fa/disable', { code: data.backup_codes[3] })).body).toEqual({ success: true, message: '' });
    expect((await browser.rest('GET', '/api/user/2fa/status')).body.data).toEqual({ enabled: false, locked: false });
  });

  it('an operator switches it off for a user of a lower role, and the user finds that in the log', async () => {
    const { me, browser } = await withApp(), admin = await restCaller(app, { role: 10 });
    expect((await admin.call('DELETE', `/api/user/${me.userId}/2fa`)).body).toEqual({ success: true, message: '' });
    expect((await browser.rest('GET', '/api/user/self')).status, 'their sessions have ended').toBe(401);
    expect((await admin.call('DELETE', `/api/user/${me.userId}/2fa`)).body).toMatchObject({ success: false, message: 'Two-factor authentication is off' });
    const [row] = await app.base.orm.em.fork().getConnection().execute<{ content: string }[]>('select content from log where user_id = ? and type = 3', [me.userId]);
    expect(row!.content).toBe(`${admin.principal.username} (${admin.principal.userId}) switched off the two-factor authentication`);
    const told = await app.base.orm.em.fork().getConnection().execute<{ facts: object }[]>('select facts from notification where user_id = ? order by id', [me.userId]);
    expect(told.map(({ facts }) => facts), 'and is told').toEqual([{ act: 'APP_ON' }, { act: 'APP_OFF', by: admin.principal.username }]);
    const { data } = await app.query('{ viewer { notifications(first: 1) { nodes { kind title body } } } }', {}, me);
    expect(data!.viewer.notifications.nodes).toMatchObject([{ kind: 'SECURITY', body: expect.stringContaining(`switched off, by the operator ${admin.principal.username}`) }]);
    const { me: other } = await withApp(10);
    expect((await admin.call('DELETE', `/api/user/${other.userId}/2fa`)).body).toMatchObject({ success: false, message: 'Cannot act on a user of the same or a higher role' });
    expect((await admin.call('DELETE', '/api/user/99999999/2fa')).status).toBe(404);
  });

  it('counts who uses it', async () => {
    await withApp();
    const { data } = (await (await restCaller(app, { role: 10 })).call('GET', '/api/user/2fa/stats')).body;
    expect(data).toEqual({ total_users: expect.any(Number), enabled_users: expect.any(Number), enabled_rate: `${((data.enabled_users / data.total_users) * 100).toFixed(1)}%` });
    expect(data.enabled_users).toBeGreaterThan(0);
  });

  it('shows those who manage users who has what, in one query for a page', async () => {
    const { me } = await withApp(), { userId } = await app.user(), admin = await app.user({ role: 10 });
    const page = (fields: string) => app.countQueries(() => app.query(`{ users(first: 5) { nodes { id ${fields} } } }`, {}, admin));
    expect((await page('twoFactor passkeyCount')) - (await page(''))).toBe(1);
    const one = async (id: number) => (await app.query('query ($id: ID!) { user(id: $id) { twoFactor passkeyCount } }', { id: String(id) }, admin)).data!.user;
    expect([await one(me.userId), await one(userId)]).toEqual([{ twoFactor: true, passkeyCount: 0 }, { twoFactor: false, passkeyCount: 0 }]);
    expect((await app.query('{ twoFactorStats { users enabled passkeys } }', {}, admin)).data!.twoFactorStats).toMatchObject({ passkeys: 0 });
  });
});
