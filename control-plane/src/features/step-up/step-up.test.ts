import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../../testing/browser.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { hashPassword } from '../user/password.ts';

const password = 'right password', minute = 60_000;
const verify = 'mutation ($input: StepUpInput!) { stepUpVerify(input: $input) { validUntil userErrors { code message path } } }';
const rotate = 'mutation { accessTokenRotate { accessToken } }';
const create = `mutation { channelCreate(input: { name: "c", type: 1, models: ["m"], groups: ["default"], credentials: ["sk-first-key-of-this", "sk-second-key-of-this"] }) { channels { id legacyId } userErrors { message } } }`;
const reveal = 'mutation ($id: ID!, $some: [ID!]) { channelKeyReveal(channelId: $id, credentialIds: $some) { credentials { id position secret } userErrors { code } } }';

let app: TestApp, passwordHash: string;
beforeAll(async () => {
  app = await startTestApp();
  passwordHash = await hashPassword(password);
});
afterAll(() => app.stop());

async function signedIn(role = 1): Promise<Browser> {
  const { username } = await app.user({ passwordHash, role }), browser = new Browser(app);
  await browser.signIn(username, password);
  return browser;
}

/** Switches on an authenticator app; codes of later half minutes are good. */
async function addApp(browser: Browser): Promise<() => string> {
  const { secret } = (await browser.rest('POST', '/api/user/2fa/setup')).body.data;
  const code = () => { app.clock.advance(30_000); return new TOTP({ secret }).generate({ timestamp: app.clock.now().getTime() }); };
  expect((await browser.rest('POST', '/api/user/2fa/enable', { code: code() })).body.success).toBe(true);
  return code;
}

const newChannel = async (browser: Browser): Promise<{ id: string; legacyId: string }> => (await browser.graphql(create)).data.channelCreate.channels[0];
const codeOf = ({ errors }: { errors?: { extensions: { code: string; methods: string[] } }[] | unknown[] }) => (errors?.[0] as { extensions: object } | undefined)?.extensions;

describe('a fresh proof', () => {
  it('is the sign-in itself for five minutes, then it is asked for', async () => {
    const browser = await signedIn();
    expect((await browser.graphql(rotate)).data.accessTokenRotate.accessToken).toHaveLength(32);
    app.clock.advance(5 * minute);
    expect(codeOf(await browser.graphql(rotate))).toMatchObject({ code: 'STEP_UP_REQUIRED', methods: ['PASSWORD'] });
    const { data } = await browser.graphql(verify, { input: { method: 'PASSWORD', password } });
    expect(data.stepUpVerify).toEqual({ validUntil: new Date(app.clock.now().getTime() + 5 * minute).toISOString(), userErrors: [] });
    expect((await browser.graphql('{ viewer { stepUp { validUntil methods } } }')).data.viewer.stepUp).toEqual({ validUntil: data.stepUpVerify.validUntil, methods: ['PASSWORD'] });
    app.clock.advance(5 * minute - 1);
    expect((await browser.graphql(rotate)).errors).toBeUndefined();
    app.clock.advance(1);
    expect(codeOf(await browser.graphql(rotate))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
  });

  it('counts for the session that gave it, not for another of the same user', async () => {
    const { username } = await app.user({ passwordHash }), [here, there] = [new Browser(app), new Browser(app)];
    await here.signIn(username, password);
    await there.signIn(username, password);
    app.clock.advance(5 * minute);
    await here.graphql(verify, { input: { method: 'PASSWORD', password } });
    expect((await here.graphql(rotate)).errors).toBeUndefined();
    expect(codeOf(await there.graphql(rotate))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
  });

  it('is not a password for somebody who has an authenticator app', async () => {
    const browser = await signedIn(), code = await addApp(browser);
    app.clock.advance(5 * minute);
    expect(codeOf(await browser.graphql(rotate))).toMatchObject({ methods: ['TOTP', 'BACKUP_CODE'] });
    expect((await browser.graphql(verify, { input: { method: 'PASSWORD', password } })).data.stepUpVerify.userErrors).toMatchObject([{ code: 'DISABLED', path: ['input', 'method'] }]);
    expect((await browser.graphql(verify, { input: { method: 'TOTP', code: '000000' } })).data.stepUpVerify.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'code'] }]);
    expect((await browser.graphql(verify, { input: { method: 'TOTP', code: code() } })).data.stepUpVerify.validUntil).not.toBeNull();
    expect((await browser.graphql(rotate)).errors).toBeUndefined();
  });

  it('is refused to an access token, and not asked of one where a program must go on', async () => {
    const me = await app.user({ passwordHash });
    expect((await app.query(verify, { input: { method: 'PASSWORD', password } }, me)).data!.stepUpVerify.userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect((await app.query(rotate, {}, me)).errors).toBeUndefined();
  });

  it('takes five wrong passwords, then none for a while', async () => {
    const browser = await signedIn(), tryOne = () => browser.graphql(verify, { input: { method: 'PASSWORD', password: 'wrong password' } });
    for (let count = 0; count < 5; count++) expect((await tryOne()).data.stepUpVerify.userErrors).toMatchObject([{ code: 'INVALID', message: 'Wrong password', path: ['input', 'password'] }]);
    expect(codeOf(await tryOne())).toMatchObject({ code: 'THROTTLED' });
  });

  it('is wanted for a change of role, whichever way it is made', async () => {
    const browser = await signedIn(100), { userId } = await app.user();
    app.clock.advance(5 * minute);
    const id = String(userId);
    expect(codeOf(await browser.graphql('mutation ($id: ID!) { userSetRole(id: $id, role: 10) { userErrors { code } } }', { id }))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    expect(codeOf(await browser.graphql('mutation ($id: ID!) { userUpdate(id: $id, input: { role: 10 }) { userErrors { code } } }', { id }))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    expect((await browser.graphql('mutation ($id: ID!) { userUpdate(id: $id, input: { remark: "x" }) { userErrors { code } } }', { id })).data.userUpdate.userErrors).toEqual([]);
  });

  it('is not asked by the compatible API, unless an operator wants it', async () => {
    const browser = await signedIn(100);
    app.clock.advance(5 * minute);
    expect((await browser.rest('GET', '/api/user/token')).body.success).toBe(true);
    await browser.rest('PUT', '/api/option/', { key: 'security.rest_step_up', value: 'true' });
    const refused = await browser.rest('GET', '/api/user/token');
    expect([refused.status, refused.body]).toEqual([403, { success: false, message: 'Secure verification needed', code: 'VERIFICATION_REQUIRED' }]);
    await browser.rest('PUT', '/api/option/', { key: 'security.rest_step_up', value: 'false' });
  });
});

describe('the schema', () => {
  it('says which acts ask for a proof: what opens doors, or takes evidence away', () => {
    const fields = Object.values(app.schema.getMutationType()!.getFields()), asks = (strict: boolean) => fields.filter(({ extensions }) => (extensions.stepUp as { strict: boolean } | undefined)?.strict === strict).map(({ name }) => name);
    expect(asks(true)).toEqual(['channelKeyReveal']);
    expect(asks(false)).toEqual(expect.arrayContaining([
      'accessTokenRotate', 'bindingDelete', 'logsDelete', 'passkeyDelete', 'passkeyRegisterBegin', 'pricesReset', 'topUpComplete', 'twoFactorBegin', 'userBindingDelete', 'userPasskeyReset', 'userSetRole',
      'userTwoFactorReset', 'viewerDelete',
    ]));
  });
});

describe('REST: secure verification', () => {
  it('opens the key of a channel for 300 seconds, and only to root', async () => {
    const root = await signedIn(100), code = await addApp(root), { legacyId } = await newChannel(root), path = `/api/channel/${legacyId}/key`;
    const required = await root.rest('POST', path);
    expect([required.status, required.body], 'a sign-in is no proof for a secret').toEqual([403, { success: false, message: 'Secure verification needed', code: 'VERIFICATION_REQUIRED' }]);
    expect((await root.rest('GET', '/api/verify/status')).body.data).toEqual({ verified: false });
    const passed = await root.rest('POST', '/api/verify', { method: '2fa', code: code() });
    expect(passed.body).toEqual({ success: true, message: '', data: { verified: true, expires_at: app.clock.now().getTime() / 1_000 + 300 } });
    expect((await root.rest('GET', '/api/verify/status')).body.data).toEqual(passed.body.data);
    const shown = await root.rest('POST', path);
    expect([shown.body, shown.headers.get('cache-control')]).toEqual([{ success: true, message: '', data: { key: 'sk-first-key-of-this\nsk-second-key-of-this' } }, 'no-store']);
    expect((await root.rest('POST', '/api/channel/99999999/key')).status).toBe(404);
    app.clock.advance(300_000);
    expect((await root.rest('POST', path)).body.code).toBe('VERIFICATION_EXPIRED');
    const admin = await restCaller(app, { role: 10 });
    expect((await admin.call('POST', path)).status).toBe(403);
  });

  it('is refused without a factor, by another method, with a wrong code, and to an access token', async () => {
    const browser = await signedIn(), token = await restCaller(app);
    expect((await browser.rest('POST', '/api/verify', { method: '2fa', code: '123456' })).body).toMatchObject({ success: false, message: 'This way of verification is not set up' });
    expect((await browser.rest('POST', '/api/verify', { method: 'password', code: 'x' })).body).toMatchObject({ success: false, code: 'invalid_params' });
    expect((await token.call('POST', '/api/verify', { method: '2fa', code: '123456' })).status).toBe(401);
    await addApp(browser);
    expect((await browser.rest('POST', '/api/verify', { method: '2fa', code: '000000' })).body).toMatchObject({ success: false, message: 'Wrong code' });
    expect((await browser.rest('POST', '/api/verify', { method: '2fa' })).body).toMatchObject({ success: false, message: 'Wrong code' });
  });
});

describe('the key of a channel', () => {
  it('is shown in part or whole, and each time written down', async () => {
    const root = await signedIn(100), { id, legacyId } = await newChannel(root);
    await root.graphql(verify, { input: { method: 'PASSWORD', password } });
    const { credentials } = (await root.graphql(reveal, { id })).data.channelKeyReveal;
    expect(credentials.map(({ position, secret }: { position: number; secret: string }) => [position, secret])).toEqual([[0, 'sk-first-key-of-this'], [1, 'sk-second-key-of-this']]);
    expect((await root.graphql(reveal, { id, some: [credentials[1].id] })).data.channelKeyReveal.credentials).toEqual([credentials[1]]);
    expect((await root.graphql(reveal, { id, some: ['cred_99999999'] })).data.channelKeyReveal.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    const rows = await app.base.orm.em.fork().getConnection().execute<{ content: string }[]>('select content from log where channel_id = ? and type = 4 order by seq', [Number(legacyId)]);
    expect(rows.map(({ content }) => content)).toEqual([expect.stringContaining(`(${root.userId}) read 2 credential(s)`), expect.stringContaining('read 1 credential(s)')]);
    expect(JSON.stringify(rows)).not.toContain('sk-');
  });

  it('is never shown to an access token, whatever its role', async () => {
    const root = await app.user({ role: 100 });
    expect((await app.query(reveal, { id: 'ch_1' }, root)).errors![0]!.extensions).toMatchObject({ code: 'STEP_UP_REQUIRED' });
  });
});
