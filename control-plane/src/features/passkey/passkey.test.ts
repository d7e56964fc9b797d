import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { Authenticator, type Behaviour } from '../../testing/authenticator.ts';
import { Browser, type RestAnswer } from '../../testing/browser.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { hashPassword } from '../user/password.ts';

const password = 'right password';
let app: TestApp, passwordHash: string;
beforeAll(async () => {
  app = await startTestApp({ WEIR_COST_LIMITS: 'off' });
  passwordHash = await hashPassword(password);
});
afterAll(() => app.stop());

const setOptions = async (options: Record<string, string>) => {
  const input = Object.entries(options).map(([key, value]) => ({ key, value }));
  const { data } = await app.query('mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { userErrors { message path } } }', { input }, await app.user({ role: 100 }));
  expect(data!.optionsUpdate.userErrors).toEqual([]);
};
const usual = {
  ServerAddress: 'http://localhost:3000', 'passkey.enabled': 'true', 'passkey.rp_display_name': 'My gateway', 'passkey.rp_id': '', 'passkey.origins': '', 'passkey.user_verification': 'preferred',
  'passkey.allow_insecure_origin': 'false',
};
beforeEach(() => setOptions(usual));

const publicKey = ({ body }: RestAnswer): Data => body.data.options.publicKey;

async function signedIn(role = 1): Promise<{ me: Principal; browser: Browser }> {
  const me = await app.user({ passwordHash, role }), browser = new Browser(app);
  await browser.signIn(me.username, password);
  return { me, browser };
}

async function register(browser: Browser, key: Authenticator, behaviour: Behaviour = {}): Promise<RestAnswer> {
  const asked = publicKey(await browser.rest('POST', '/api/user/passkey/register/begin'));
  return browser.rest('POST', '/api/user/passkey/register/finish', key.create(asked as never, behaviour));
}

async function withPasskey(role = 1): Promise<{ me: Principal; browser: Browser; key: Authenticator }> {
  const { me, browser } = await signedIn(role), key = new Authenticator();
  expect((await register(browser, key)).body).toEqual({ success: true, message: '' });
  return { me, browser, key };
}

async function signInWith(key: Authenticator, behaviour: Behaviour = {}, browser = new Browser(app)): Promise<RestAnswer> {
  const asked = publicKey(await browser.rest('POST', '/api/user/passkey/login/begin'));
  return browser.rest('POST', '/api/user/passkey/login/finish', key.get(asked as never, behaviour));
}

async function verifyWith(browser: Browser, key: Authenticator, behaviour: Behaviour = {}): Promise<RestAnswer> {
  const asked = publicKey(await browser.rest('POST', '/api/user/passkey/verify/begin'));
  return browser.rest('POST', '/api/user/passkey/verify/finish', key.get(asked as never, behaviour));
}

describe('registering', () => {
  it('asks for a discoverable credential of the configured domain', async () => {
    const { me, browser } = await signedIn(), asked = publicKey(await browser.rest('POST', '/api/user/passkey/register/begin'));
    expect(asked).toMatchObject({
      rp: { id: 'localhost', name: 'My gateway' }, user: { id: Buffer.from(String(me.userId)).toString('base64url'), name: me.username, displayName: me.username }, timeout: 120_000, excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' }, attestation: 'none',
    });
    expect(asked.pubKeyCredParams).toContainEqual({ type: 'public-key', alg: -7 });
    expect((await browser.rest('GET', '/api/user/passkey')).body).toEqual({ success: true, message: '', data: { enabled: false } });
  });

  it('keeps one for compatible clients, and several for the console', async () => {
    const { browser } = await withPasskey();
    expect((await browser.rest('GET', '/api/user/passkey')).body.data).toEqual({ enabled: true, last_used_at: null });
    const begin = async () => (await browser.graphql('mutation { passkeyRegisterBegin { options } }')).data.passkeyRegisterBegin.options;
    const asked = await begin();
    expect(asked.excludeCredentials).toHaveLength(1);
    const { data } = await browser.graphql('mutation ($input: PasskeyResponseInput!) { passkeyRegisterFinish(input: $input, name: "My phone") { passkey { id name } userErrors { code } } }',
      { input: { response: new Authenticator().create(asked) } });
    expect(data.passkeyRegisterFinish).toEqual({ passkey: { id: expect.stringMatching(/^pk_/), name: 'My phone' }, userErrors: [] });
    expect((await browser.graphql('{ viewer { passkeys { name } } }')).data.viewer.passkeys).toEqual([{ name: 'My phone' }, { name: 'Passkey' }]);
    await register(browser, new Authenticator());
    expect((await browser.graphql('{ viewer { passkeys { name } } }')).data.viewer.passkeys).toEqual([{ name: 'Passkey' }]);
  });

  it.each<{ name: string; behaviour?: Behaviour; change?: (answer: Data) => unknown; options?: Record<string, string> }>([
    { name: 'from another page', behaviour: { origin: 'https://evil.example' } },
    { name: 'without PIN or finger where the option asks for them', behaviour: { verifiesUser: false }, options: { 'passkey.user_verification': 'required' } },
    { name: 'of another form', change: () => ({ id: 'x' }) },
    { name: 'with garbage for an attestation', change: (answer) => ({ ...answer, response: { ...answer.response, attestationObject: 'AAAA' } }) },
    { name: 'with garbage for client data', change: (answer) => ({ ...answer, response: { ...answer.response, clientDataJSON: 'AAAA' } }) },
  ])('refuses an answer $name', async ({ behaviour = {}, change = (answer) => answer, options = {} }) => {
    await setOptions(options);
    const { browser } = await signedIn(), asked = publicKey(await browser.rest('POST', '/api/user/passkey/register/begin'));
    const refused = await browser.rest('POST', '/api/user/passkey/register/finish', change(new Authenticator().create(asked as never, behaviour)));
    expect(refused.body).toEqual({ success: false, message: 'The passkey did not pass the check', code: 'passkey_invalid' });
  });

  it('takes a challenge once, for two minutes, from the browser that asked', async () => {
    const { browser } = await signedIn(), other = await signedIn(), begin = async () => publicKey(await browser.rest('POST', '/api/user/passkey/register/begin'));
    const finish = (one: Browser, asked: Data) => one.rest('POST', '/api/user/passkey/register/finish', new Authenticator().create(asked as never));
    const asked = await begin();
    expect((await finish(other.browser, asked)).body.code).toBe('passkey_expired');
    expect((await finish(browser, asked)).body.success).toBe(true);
    expect((await finish(browser, asked)).body.code).toBe('passkey_expired');
    const late = await begin();
    app.clock.advance(120_000);
    expect((await finish(browser, late)).body.code).toBe('passkey_expired');
  });

  it('gives nobody a passkey that is somebody else\'s', async () => {
    const { me, key } = await withPasskey(), thief = await signedIn();
    expect((await register(thief.browser, key)).body.success).toBe(false);
    expect((await signInWith(key, { userHandle: Buffer.from(String(me.userId)).toString('base64url') })).body.data.id).toBe(me.userId);
  });

  it('is refused where passkeys are off, on a foreign page, over plain HTTP, and to an access token', async () => {
    const { browser } = await signedIn(), begin = (headers = {}) => browser.rest('POST', '/api/user/passkey/register/begin', undefined, headers);
    expect((await begin({ origin: 'https://evil.example' })).body.message).toContain('origin is not allowed');
    await setOptions({ ServerAddress: 'http://gateway.example' });
    expect((await begin({ origin: 'http://gateway.example' })).body.success).toBe(false);
    await setOptions({ 'passkey.allow_insecure_origin': 'true' });
    expect((await begin({ origin: 'http://gateway.example' })).body.success).toBe(true);
    await setOptions({ 'passkey.enabled': 'false' });
    expect((await begin()).body).toEqual({ success: false, message: 'Passkey sign-in is switched off', code: 'passkey_off' });
    expect((await (await restCaller(app)).call('POST', '/api/user/passkey/register/begin')).status).toBe(401);
  });
});

describe('signing in', () => {
  it('knows who it is, asks for no second step, and notes the use', async () => {
    const { me, key } = await withPasskey(), browser = new Browser(app);
    const asked = publicKey(await browser.rest('POST', '/api/user/passkey/login/begin'));
    expect(asked).toMatchObject({ rpId: 'localhost', allowCredentials: [], timeout: 120_000, userVerification: 'preferred' });
    const answer = await browser.rest('POST', '/api/user/passkey/login/finish', key.get(asked as never));
    expect(answer.body).toEqual({ success: true, message: 'Signed in', data: { id: me.userId, username: me.username, display_name: '', role: 1, status: 1, group: 'default' } });
    browser.userId = me.userId;
    expect((await browser.rest('GET', '/api/user/passkey')).body.data).toEqual({ enabled: true, last_used_at: app.clock.now().toISOString() });
  });

  it.each<{ name: string; behaviour?: Behaviour; unknown?: boolean; message: string }>([
    { name: 'an unknown passkey', unknown: true, message: 'This passkey is not known here' },
    { name: 'another page', behaviour: { origin: 'https://evil.example' }, message: 'The passkey did not pass the check' },
    { name: 'another user\'s handle', behaviour: { userHandle: 'MTIz' }, message: 'The passkey did not pass the check' },
    { name: 'a copy, which counts lower', behaviour: { counter: 1 }, message: 'The passkey did not pass the check' },
  ])('refuses $name', async ({ behaviour, unknown, message }) => {
    const { key } = await withPasskey();
    await signInWith(key);
    expect((await signInWith(unknown ? new Authenticator() : key, behaviour)).body).toMatchObject({ success: false, message });
  });

  it('refuses a signature of another key', async () => {
    const { key } = await withPasskey(), browser = new Browser(app);
    const asked = publicKey(await browser.rest('POST', '/api/user/passkey/login/begin')), [real, forged] = [key.get(asked as never), new Authenticator().get(asked as never)];
    expect((await browser.rest('POST', '/api/user/passkey/login/finish', { ...real, response: { ...real.response, signature: forged.response.signature } })).body.success).toBe(false);
    expect((await browser.rest('POST', '/api/user/passkey/login/finish', real)).body.code, 'the challenge is used up').toBe('passkey_expired');
  });

  it('takes authenticators that do not count, as many times as they come', async () => {
    const { browser } = await signedIn(), key = new Authenticator();
    await register(browser, key, { counter: 0 });
    for (let times = 0; times < 2; times++) expect((await signInWith(key, { counter: 0 })).body.success).toBe(true);
  });

  it('refuses a disabled account and a deleted one', async () => {
    const { me, key } = await withPasskey(), admin = await restCaller(app, { role: 10 });
    await admin.call('POST', '/api/user/manage', { id: me.userId, action: 'disable' });
    expect((await signInWith(key)).body.message).toBe('This account is disabled');
    await admin.call('POST', '/api/user/manage', { id: me.userId, action: 'delete' });
    expect((await signInWith(key)).body.message).toBe('This passkey is not known here');
  });

  it('is limited for one address', async () => {
    const browser = new Browser(app), begin = () => browser.graphql('mutation { sessionPasskeyBegin { options } }');
    for (let count = 0; count < 60; count++) expect((await begin()).errors).toBeUndefined();
    expect((await begin()).errors![0]!.extensions.code).toBe('THROTTLED');
  });
});

describe('proving who is there', () => {
  it('opens secure verification, once for each check, and only with PIN or finger', async () => {
    const { browser, key } = await withPasskey();
    expect((await browser.rest('POST', '/api/verify', { method: 'passkey' })).body, 'owning one is no proof').toMatchObject({ success: false, code: 'passkey_expired' });
    expect((await verifyWith(browser, key, { verifiesUser: false })).body.success).toBe(false);
    expect((await browser.rest('GET', '/api/verify/status')).body.data).toEqual({ verified: false });
    expect((await verifyWith(browser, key)).body).toEqual({ success: true, message: '' });
    expect((await browser.rest('POST', '/api/verify', { method: 'passkey' })).body.data).toEqual({ verified: true, expires_at: app.clock.now().getTime() / 1_000 + 300 });
    expect((await browser.rest('POST', '/api/verify', { method: 'passkey' })).body.success, 'a check counts once').toBe(false);
    await verifyWith(browser, key);
    app.clock.advance(60_000);
    expect((await browser.rest('POST', '/api/verify', { method: 'passkey' })).body.success, 'and for a minute').toBe(false);
  });

  it('lists the own passkeys and takes no other', async () => {
    const { browser, key } = await withPasskey(), stranger = await withPasskey();
    const asked = publicKey(await browser.rest('POST', '/api/user/passkey/verify/begin'));
    expect([asked.allowCredentials, asked.userVerification]).toEqual([[{ id: key.id, transports: ['internal'], type: 'public-key' }], 'required']);
    expect((await verifyWith(browser, stranger.key)).body.message).toBe('This passkey is not known here');
    const none = await signedIn();
    expect((await none.browser.rest('POST', '/api/user/passkey/verify/begin')).body).toEqual({ success: false, message: 'No passkey bound', code: 'passkey_none' });
  });

  it('comes first among the methods', async () => {
    const { browser } = await withPasskey();
    expect((await browser.graphql('{ viewer { stepUp { methods } } }')).data.viewer.stepUp.methods).toEqual(['PASSKEY']);
    await setOptions({ 'passkey.enabled': 'false' });
    expect((await browser.graphql('{ viewer { stepUp { methods } } }')).data.viewer.stepUp.methods).toEqual(['PASSWORD']);
  });
});

describe('removing', () => {
  it('works for the owner, for one or all', async () => {
    const { browser, key } = await withPasskey(), other = await withPasskey();
    const { id } = (await other.browser.graphql('{ viewer { passkeys { id } } }')).data.viewer.passkeys[0];
    expect((await browser.graphql('mutation ($id: ID!) { passkeyDelete(id: $id) { userErrors { code } } }', { id })).data.passkeyDelete.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect((await browser.rest('DELETE', '/api/user/passkey')).body).toEqual({ success: true, message: '' });
    expect((await signInWith(key)).body.success).toBe(false);
    expect((await signInWith(other.key)).body.success).toBe(true);
  });

  it('works for an operator over lower roles', async () => {
    const { me, browser } = await withPasskey(), admin = await restCaller(app, { role: 10 }), equal = await withPasskey(10);
    expect((await admin.call('DELETE', `/api/user/${me.userId}/reset_passkey`)).body).toEqual({ success: true, message: '' });
    expect((await browser.rest('GET', '/api/user/self')).status).toBe(401);
    expect((await admin.call('DELETE', `/api/user/${me.userId}/reset_passkey`)).body.message).toBe('No passkey bound');
    expect((await admin.call('DELETE', `/api/user/${equal.me.userId}/reset_passkey`)).body.message).toBe('Cannot act on a user of the same or a higher role');
  });
});
