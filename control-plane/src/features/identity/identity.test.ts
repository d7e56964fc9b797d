import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TOTP } from 'otpauth';
import { Browser, type RestAnswer } from '../../testing/browser.ts';
import { setOptions } from '../../testing/mail-sink.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { clientId, clientSecret, SignInHouse, type Person } from '../../testing/sign-in-house.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { hashPassword } from '../user/password.ts';
import { telegramHash } from './telegram.ts';

const password = 'right password', site = 'http://localhost:3000', botToken = '123:ABC';
let app: TestApp, house: SignInHouse, passwordHash: string, people = 1_000;
beforeAll(async () => {
  [app, house, passwordHash] = [await startTestApp({ WEIR_UPSTREAM_ALLOW: '127.0.0.0/8' }), await SignInHouse.open(), await hashPassword(password)];
  await setOptions(app, {
    ServerAddress: site, GitHubClientId: clientId, GitHubClientSecret: clientSecret, 'github.address': house.url, 'github.api_address': house.url,
    'discord.client_id': clientId, 'discord.client_secret': clientSecret, 'discord.address': house.url, LinuxDOClientId: clientId, LinuxDOClientSecret: clientSecret, 'linuxdo.address': house.url,
    'oidc.client_id': clientId, 'oidc.client_secret': clientSecret, 'oidc.well_known': `${house.url}/.well-known/openid-configuration`, TelegramBotToken: botToken, TelegramBotName: 'weir_bot',
    WeChatServerAddress: house.url, WeChatServerToken: clientSecret,
  });
});
const usual = {
  GitHubOAuthEnabled: 'true', 'discord.enabled': 'true', LinuxDOOAuthEnabled: 'true', 'oidc.enabled': 'true', TelegramOAuthEnabled: 'true', WeChatAuthEnabled: 'true', RegisterEnabled: 'true',
  LinuxDOMinimumTrustLevel: '0', QuotaForNewUser: '0', QuotaForInvitee: '0',
};
beforeEach(() => setOptions(app, usual));
afterEach(() => { Object.assign(house, { claims: {}, forges: false, isDown: false }); });
afterAll(async () => {
  house.close();
  await app.stop();
});

const begin = 'mutation ($provider: IdentityKind!, $inviteCode: String) { oauthBegin(provider: $provider, inviteCode: $inviteCode) { url userErrors { code message } } }';
const slugs = { GITHUB: 'github', DISCORD: 'discord', LINUX_DO: 'linuxdo', OIDC: 'oidc' } as const;
type Kind = keyof typeof slugs;

/** Somebody new, in each provider's words. */
function someone(kind: Kind): { person: Person; subject: string; label: string } {
  const id = ++people, label = `person-${id}`;
  if (kind === 'OIDC') return { person: { sub: `sub-${id}`, preferred_username: label, email: `${label}@example.com`, email_verified: true }, subject: `sub-${id}`, label };
  if (kind === 'DISCORD') return { person: { id: String(id), username: label, global_name: 'X' }, subject: String(id), label };
  return { person: { id, [kind === 'GITHUB' ? 'login' : 'username']: label, trust_level: 2 }, subject: String(id), label };
}

async function goto(browser: Browser, kind: Kind, person: Person, inviteCode?: string): Promise<{ code: string; state: string }> {
  const { url } = (await browser.graphql(begin, { provider: kind, inviteCode })).data.oauthBegin;
  return house.agree(url as string, person);
}

async function signIn(browser: Browser, kind: Kind, person: Person, inviteCode?: string): Promise<RestAnswer> {
  const answer = await browser.rest('GET', `/api/oauth/${slugs[kind]}?${new URLSearchParams(await goto(browser, kind, person, inviteCode)).toString()}`);
  if (answer.body.data?.id) browser.userId = answer.body.data.id as number;
  return answer;
}

async function signedIn(role = 1): Promise<Browser> {
  const { username } = await app.user({ passwordHash, role }), browser = new Browser(app);
  await browser.signIn(username, password);
  return browser;
}

const bindings = async (browser: Browser) => (await browser.graphql('{ viewer { bindings { kind subject label } } }')).data.viewer.bindings;

describe.each(Object.keys(slugs) as Kind[])('%s', (kind) => {
  it('makes an account for somebody new, and knows them the next time', async () => {
    const { person, subject, label } = someone(kind), browser = new Browser(app), first = await signIn(browser, kind, person);
    expect(first.body).toEqual({ success: true, message: '', data: { id: expect.any(Number), username: expect.stringMatching(new RegExp(`^${slugs[kind]}_\\d+$`)), display_name: label, role: 1, status: 1, group: 'default' } });
    expect(await bindings(browser)).toEqual([{ kind, subject, label }]);
    const again = await signIn(new Browser(app), kind, { ...person, login: 'renamed' });
    expect(again.body.data.id).toBe(first.body.data.id);
  });

  it('sends PKCE, its own state and the configured address, and nothing secret', async () => {
    const { url } = (await new Browser(app).graphql(begin, { provider: kind })).data.oauthBegin, { searchParams } = new URL(url as string);
    expect(Object.fromEntries(searchParams)).toMatchObject({ client_id: clientId, redirect_uri: `${site}/oauth/${slugs[kind]}`, response_type: 'code', code_challenge_method: 'S256', state: expect.stringMatching(/^\w{12}$/) });
    expect(url).not.toContain('secret');
    expect(searchParams.has('nonce')).toBe(kind === 'OIDC');
  });

  it('binds the account of somebody who is signed in, and gives it to nobody else', async () => {
    const { person, subject, label } = someone(kind), [me, other] = [await signedIn(), await signedIn()];
    expect((await signIn(me, kind, person)).body).toEqual({ success: true, message: 'bind' });
    expect(await bindings(me)).toEqual([{ kind, subject, label }]);
    expect((await signIn(me, kind, person)).body, 'twice is once').toEqual({ success: true, message: 'bind' });
    expect((await signIn(other, kind, person)).body).toEqual({ success: false, message: 'That account is bound to another user', code: 'provider_bound' });
    const next = someone(kind);
    await signIn(me, kind, next.person);
    expect((await bindings(me)).map((one: { subject: string }) => one.subject), 'another takes its place').toEqual([next.subject]);
  });

  it('is told when it is off, down, or speaks nonsense', async () => {
    const { person } = someone(kind), browser = new Browser(app), path = `/api/oauth/${slugs[kind]}`;
    const back = await goto(browser, kind, person);
    house.isDown = true;
    expect((await browser.rest('GET', `${path}?${new URLSearchParams(back).toString()}`)).body).toMatchObject({ success: false, code: 'provider_failed', message: expect.stringContaining('did not confirm') });
    house.isDown = false;
    expect((await signIn(browser, kind, kind === 'OIDC' ? { sub: '' } : { name: 'no id' })).body).toMatchObject({ success: false, code: 'provider_failed' });
    const late = await goto(browser, kind, person);
    await setOptions(app, { GitHubOAuthEnabled: 'false', 'discord.enabled': 'false', LinuxDOOAuthEnabled: 'false', 'oidc.enabled': 'false' });
    expect((await browser.graphql(begin, { provider: kind })).data.oauthBegin).toEqual({ url: null, userErrors: [{ code: 'DISABLED', message: 'This sign-in method is switched off' }] });
    expect((await browser.rest('GET', `${path}?${new URLSearchParams(late).toString()}`)).body).toMatchObject({ success: false, message: 'This sign-in method is switched off' });
  });
});

describe('coming back', () => {
  const finish = (browser: Browser, query: Record<string, string>, slug = 'github') => browser.rest('GET', `/api/oauth/${slug}?${new URLSearchParams(query).toString()}`);
  const mismatch = { success: false, message: 'OAuth state does not match', code: 'oauth_state' };

  it.each<{ name: string; act: (browser: Browser) => Promise<RestAnswer> }>([
    { name: 'without a state', act: async (browser) => { const { code } = await goto(browser, 'GITHUB', someone('GITHUB').person); return finish(browser, { code }); } },
    { name: 'with another state', act: async (browser) => { const { code } = await goto(browser, 'GITHUB', someone('GITHUB').person); return finish(browser, { code, state: 'AAAAAAAAAAAA' }); } },
    { name: 'in another browser', act: async (browser) => finish(new Browser(app), await goto(browser, 'GITHUB', someone('GITHUB').person)) },
    { name: 'from another provider', act: async (browser) => finish(browser, await goto(browser, 'GITHUB', someone('GITHUB').person), 'discord') },
    { name: 'after ten minutes', act: async (browser) => { const back = await goto(browser, 'GITHUB', someone('GITHUB').person); app.clock.advance(600_000); return finish(browser, back); } },
    { name: 'with what was begun before somebody signed in', act: async (browser) => {
      const back = await goto(browser, 'GITHUB', someone('GITHUB').person), { username } = await app.user({ passwordHash });
      await browser.signIn(username, password);
      return finish(browser, back);
    } },
    { name: 'with what was begun before somebody signed out', act: async () => {
      const browser = await signedIn(), back = await goto(browser, 'GITHUB', someone('GITHUB').person), { cookie } = browser;
      await browser.rest('GET', '/api/user/logout');
      browser.cookie = cookie;
      return finish(browser, back);
    } },
    { name: 'twice', act: async (browser) => { const back = await goto(browser, 'GITHUB', someone('GITHUB').person); await finish(browser, back); return finish(browser, back); } },
  ])('is refused $name', async ({ act }) => {
    const answer = await act(new Browser(app));
    expect([answer.status, answer.body]).toEqual([403, mismatch]);
  });

  it('is refused with somebody else\'s code', async () => {
    const [victim, attacker] = [new Browser(app), new Browser(app)], stolen = await goto(attacker, 'GITHUB', someone('GITHUB').person), own = await goto(victim, 'GITHUB', someone('GITHUB').person);
    expect((await finish(victim, { code: stolen.code, state: own.state })).body, 'the verifier is not that of the code').toMatchObject({ success: false, code: 'provider_failed' });
  });

  it('works for clients that ask for a state and build the address by themselves', async () => {
    const browser = new Browser(app), { body } = await browser.rest('GET', '/api/oauth/state');
    expect(body).toEqual({ success: true, message: '', data: expect.stringMatching(/^[A-Za-z0-9]{12}$/) });
    for (const kind of ['GITHUB', 'OIDC'] as const) {
      const state = (await browser.rest('GET', '/api/oauth/state')).body.data as string, code = house.plainCode(someone(kind).person, `${site}/oauth/${slugs[kind]}`);
      expect((await finish(browser, { code, state }, slugs[kind])).body.success).toBe(true);
      await browser.rest('GET', '/api/user/logout');
    }
  });

  it('asks for the second factor of whoever has one', async () => {
    const browser = await signedIn(), { person } = someone('GITHUB'), { secret } = (await browser.rest('POST', '/api/user/2fa/setup')).body.data, code = () => new TOTP({ secret }).generate({ timestamp: app.clock.now().getTime() });
    await signIn(browser, 'GITHUB', person);
    await browser.rest('POST', '/api/user/2fa/enable', { code: code() });
    const elsewhere = new Browser(app);
    expect((await signIn(elsewhere, 'GITHUB', person)).body).toEqual({ success: true, message: 'Enter your two-factor code', data: { require_2fa: true } });
    app.clock.advance(30_000);
    expect((await elsewhere.rest('POST', '/api/user/login/2fa', { code: code() })).body.data.id).toBe(browser.userId);
  });

  it('refuses disabled and deleted accounts, and newcomers while registration is closed', async () => {
    const { person } = someone('GITHUB'), browser = new Browser(app), admin = await restCaller(app, { role: 10 }), id = (await signIn(browser, 'GITHUB', person)).body.data.id as number;
    await admin.call('POST', '/api/user/manage', { id, action: 'disable' });
    expect((await signIn(new Browser(app), 'GITHUB', person)).body.message).toBe('This account is disabled');
    await admin.call('POST', '/api/user/manage', { id, action: 'delete' });
    expect((await signIn(new Browser(app), 'GITHUB', person)).body.message).toBe('This account was deleted');
    await setOptions(app, { RegisterEnabled: 'false' });
    expect((await signIn(new Browser(app), 'GITHUB', someone('GITHUB').person)).body).toMatchObject({ success: false, message: 'Registration is closed' });
  });

  it('brings what a new account brings, also for the one who invited', async () => {
    await setOptions(app, { QuotaForNewUser: '1000', QuotaForInvitee: '500' });
    const host = await restCaller(app), code = (await host.call('GET', '/api/user/aff')).body.data as string, browser = new Browser(app);
    await signIn(browser, 'GITHUB', someone('GITHUB').person, code);
    expect((await browser.rest('GET', '/api/user/self')).body.data).toMatchObject({ quota: 1500, inviter_id: host.principal.userId });
  });

  it('gives one account to somebody who comes twice at once', async () => {
    const { person } = someone('GITHUB'), browsers = Array.from({ length: 4 }, () => new Browser(app)), backs: Awaited<ReturnType<typeof goto>>[] = [];
    for (const browser of browsers) backs.push(await goto(browser, 'GITHUB', person));
    const answers = await Promise.all(browsers.map((browser, index) => finish(browser, backs[index]!)));
    expect(new Set(answers.map(({ body }) => body.data?.id))).toEqual(new Set([answers[0]!.body.data.id]));
  });

  it('shows what is bound, to the owner and to those who manage users', async () => {
    const browser = new Browser(app), { person, subject } = someone('GITHUB'), { id } = (await signIn(browser, 'GITHUB', person)).body.data;
    expect((await browser.rest('GET', '/api/user/self')).body.data).toMatchObject({ github_id: subject, discord_id: '', oidc_id: '' });
    expect((await (await restCaller(app, { role: 10 })).call('GET', `/api/user/${id}`)).body.data).toMatchObject({ github_id: subject, telegram_id: '' });
  });
});

describe('OpenID Connect', () => {
  const failed = { success: false, code: 'provider_failed' };

  it.each<{ name: string; claims?: Record<string, unknown>; forges?: boolean }>([
    { name: 'for another client', claims: { aud: 'somebody else' } },
    { name: 'of another issuer', claims: { iss: 'https://evil.example' } },
    { name: 'that has run out', claims: { exp: 1 } },
    { name: 'with another nonce', claims: { nonce: 'another' } },
    { name: 'with another key', forges: true },
  ])('refuses an ID token $name', async ({ claims = {}, forges = false }) => {
    Object.assign(house, { claims, forges });
    expect((await signIn(new Browser(app), 'OIDC', someone('OIDC').person)).body).toMatchObject(failed);
  });

  it('gives a new account the proven address, and never leads to the account that has it', async () => {
    const { person, label } = someone('OIDC'), email = `${label}@example.com`, browser = new Browser(app);
    await signIn(browser, 'OIDC', person);
    expect((await browser.rest('GET', '/api/user/self')).body.data.email).toBe(email);
    const thief = new Browser(app), second = await signIn(thief, 'OIDC', { ...someone('OIDC').person, email });
    expect(second.body.data.id).not.toBe(browser.userId);
    expect((await thief.rest('GET', '/api/user/self')).body.data.email).toBe('');
    const unproven = new Browser(app);
    await signIn(unproven, 'OIDC', { ...someone('OIDC').person, email_verified: false });
    expect((await unproven.rest('GET', '/api/user/self')).body.data.email).toBe('');
  });
});

describe('Linux DO', () => {
  it('refuses a trust level below the least', async () => {
    await setOptions(app, { LinuxDOMinimumTrustLevel: '3' });
    expect((await signIn(new Browser(app), 'LINUX_DO', someone('LINUX_DO').person)).body).toEqual({ success: false, message: 'The trust level at Linux DO is too low', code: 'trust_level_low' });
    expect((await signIn(new Browser(app), 'LINUX_DO', { ...someone('LINUX_DO').person, trust_level: 3 })).body.success).toBe(true);
  });
});

describe('Telegram', () => {
  const message = (id: number, change: Record<string, string> = {}) => {
    const data = { id: String(id), firstName: 'Ann', username: 'ann', authDate: String(Math.floor(app.clock.now().getTime() / 1_000)) };
    return new URLSearchParams({ id: data.id, first_name: data.firstName, username: data.username, auth_date: data.authDate, hash: telegramHash(data, botToken), ...change }).toString();
  };
  const bind = (browser: Browser, query: string, headers = {}) => browser.rest('GET', `/api/oauth/telegram/bind?${query}`, undefined, headers);
  const login = (browser: Browser, query: string) => browser.rest('GET', `/api/oauth/telegram/login?${query}`);

  it('binds, goes to the console, and signs in from then on; each message counts once', async () => {
    const browser = await signedIn(), id = ++people, query = message(id);
    expect((await login(new Browser(app), query)).body).toEqual({ success: false, message: 'This Telegram account is not bound to a user', code: 'telegram_unbound' });
    const bound = await bind(browser, query);
    expect([bound.status, bound.headers.get('location')]).toEqual([302, '/console/personal']);
    expect((await login(new Browser(app), query)).body, 'the message that bound it').toMatchObject({ success: false, code: 'telegram_invalid' });
    app.clock.advance(1_000);
    const fresh = message(id);
    expect((await login(new Browser(app), fresh)).body.data.id).toBe(browser.userId);
    expect((await login(new Browser(app), fresh)).body.message).toBe('The message of Telegram is not valid any more');
  });

  it.each<{ name: string; change: Record<string, string> }>([
    { name: 'a wrong hash', change: { hash: '0'.repeat(64) } },
    { name: 'a changed id', change: { id: '1' } },
  ])('refuses $name', async ({ change }) => {
    expect((await bind(await signedIn(), message(++people, change))).body).toMatchObject({ success: false, message: 'The message of Telegram is not valid any more' });
  });

  it('binds for nobody without a session, from another site, or for a second user', async () => {
    const id = ++people, [one, two] = [await signedIn(), await signedIn()];
    expect((await bind(new Browser(app), message(id))).status).toBe(401);
    expect((await bind(one, message(id), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await bind(one, message(id), { 'sec-fetch-site': 'same-origin' })).status).toBe(302);
    expect((await bind(two, message(id))).body.message).toBe('That account is bound to another user');
    await setOptions(app, { TelegramOAuthEnabled: 'false' });
    expect((await bind(one, message(id))).body.message).toBe('This sign-in method is switched off');
  });
});

describe('WeChat', () => {
  it('signs in, registers and binds with the code of the official account', async () => {
    const browser = new Browser(app), code = `wx-${++people}`, first = await browser.rest('GET', `/api/oauth/wechat?code=${code}`);
    expect(first.body.data.username).toMatch(/^wechat_\d+$/);
    expect((await new Browser(app).rest('GET', `/api/oauth/wechat?code=${code}`)).body.data.id).toBe(first.body.data.id);
    const me = await signedIn();
    expect((await me.rest('GET', `/api/oauth/wechat/bind?code=${code}`)).body.message).toBe('That account is bound to another user');
    expect((await me.rest('GET', `/api/oauth/wechat/bind?code=wx-${++people}`)).body).toEqual({ success: true, message: '' });
    expect((await bindings(me)).map((one: { kind: string }) => one.kind)).toEqual(['WECHAT']);
  });

  it('is refused without a session, with a wrong code, while it is off, and when its server is down', async () => {
    const ask = async (code: string) => (await new Browser(app).rest('GET', `/api/oauth/wechat?code=${code}`)).body.message;
    expect((await new Browser(app).rest('GET', '/api/oauth/wechat/bind?code=wx-1')).status).toBe(401);
    expect([await ask('wrong'), await ask('')]).toEqual(['Code wrong or expired', 'Code wrong or expired']);
    house.isDown = true;
    expect(await ask('wx-9')).toContain('did not confirm');
    await setOptions(app, { WeChatAuthEnabled: 'false' });
    expect(await ask('wx-9')).toBe('This sign-in method is switched off');
  });
});

describe('unbinding', () => {
  const unbind = 'mutation ($kind: IdentityKind!) { bindingDelete(kind: $kind) { userErrors { code message } } }';

  it('works for the owner, but not for the last way in', async () => {
    const browser = await signedIn();
    await signIn(browser, 'GITHUB', someone('GITHUB').person);
    expect((await browser.graphql(unbind, { kind: 'GITHUB' })).data.bindingDelete.userErrors).toEqual([]);
    expect((await browser.graphql(unbind, { kind: 'GITHUB' })).data.bindingDelete.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const newcomer = new Browser(app);
    await signIn(newcomer, 'GITHUB', someone('GITHUB').person);
    expect((await newcomer.graphql(unbind, { kind: 'GITHUB' })).data.bindingDelete.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });

  it('works for an operator over lower roles', async () => {
    const browser = new Browser(app), admin = await app.user({ role: 10 });
    await signIn(browser, 'GITHUB', someone('GITHUB').person);
    const remove = async (id: number) => (await app.query('mutation ($id: ID!) { userBindingDelete(id: $id, kind: GITHUB) { userErrors { code } } }', { id: String(id) }, admin)).data!.userBindingDelete.userErrors;
    expect(await remove(browser.userId)).toEqual([]);
    expect(await remove(browser.userId)).toEqual([{ code: 'NOT_FOUND' }]);
    expect(await remove((await app.user({ role: 10 })).userId)).toEqual([{ code: 'NOT_ALLOWED' }]);
  });
});

it('tells a sign-in page what there is, and no secret', async () => {
  const { body } = await new Browser(app).rest('GET', '/api/status');
  expect(body.data).toMatchObject({
    github_oauth: true, github_client_id: clientId, discord_oauth: true, linuxdo_oauth: true, linuxdo_minimum_trust_level: 0, telegram_oauth: true, telegram_bot_name: 'weir_bot', wechat_login: true,
    oidc_enabled: true, oidc_client_id: clientId, passkey_login: false, passkey_rp_id: 'localhost', passkey_origins: site,
  });
  expect(JSON.stringify(body)).not.toContain(clientSecret);
});
