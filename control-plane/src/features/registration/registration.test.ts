import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { openMailSink, setOptions, useMailSink, type MailSink } from '../../testing/mail-sink.ts';
import { visit, type RestVisit } from '../../testing/rest-visitor.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, sink: MailSink, sql: Sql, serial = 0;
beforeAll(async () => {
  [app, sink] = await Promise.all([startTestApp({ WEIR_PUBLIC_URL: 'https://weir.example' }), openMailSink()]);
  await useMailSink(app, sink);
  sql = sqlOf(app.base.orm.em.fork());
});
afterAll(async () => { await Promise.all([app.stop(), sink.stop()]); });
beforeEach(async () => {
  await setOptions(app, { RegisterEnabled: 'true', PasswordRegisterEnabled: 'true', EmailVerificationEnabled: 'false', EmailDomainRestrictionEnabled: 'false', EmailAliasRestrictionEnabled: 'false' });
  sink.mails.length = 0;
});

const password = 'nobody guesses this';
const name = () => `new-${++serial}`;
const register = (body: Data, headers?: Record<string, string>) => visit(app, 'POST', '/api/user/register', { username: name(), password, ...body }, { headers });
const signIn = (username: string, secret = password) => visit(app, 'POST', '/api/user/login', { username, password: secret });
const askCode = (email: string, options?: Parameters<typeof visit>[4]) => visit(app, 'GET', `/api/verification?email=${encodeURIComponent(email)}`, undefined, options);
const codeFor = (email: string): string => /Code: (\w{6})/.exec(sink.mails.findLast(({ to }) => to === email)!.text)![1]!;
const stored = async (username: string) => (await sql<Data>('select * from user_account where username = $1', [username]))[0]!;
const refusal = (message: string, code: string): Partial<RestVisit> => ({ status: 200, body: { success: false, message, code } });
/** How often each message came. */
const told = (answers: readonly RestVisit[]) => Object.fromEntries([...new Set(answers.map(({ body }) => body.message as string))].map((message) => [message, answers.filter(({ body }) => body.message === message).length]));

describe('registering', () => {
  it('makes an account that can sign in', async () => {
    const username = name(), answer = await register({ username, email: 'Someone@Example.com ' }, { 'accept-language': 'zh-CN' });
    expect([answer.status, answer.body]).toEqual([200, { success: true, message: '注册成功' }]);
    expect(await stored(username)).toMatchObject({ role: 1, status: 'ENABLED', group_name: 'default', email: 'someone@example.com', display_name: username, email_verified_at: null });
    expect((await signIn(username)).body).toMatchObject({ success: true, data: { username, role: 1 } });
    expect((await signIn('SOMEONE@example.com')).body.success).toBe(true);
    expect((await sql('select from snapshot_change where kind = $1 and key = (select id::text from user_account where username = $2)', ['user', username])).length).toBe(1);
  });

  it('is a mutation', async () => {
    const document = 'mutation ($input: RegisterInput!) { accountRegister(input: $input) { ok userErrors { code path message } } }';
    expect((await app.query(document, { input: { username: name(), password } })).data).toEqual({ accountRegister: { ok: true, userErrors: [] } });
    const { data } = await app.query(document, { input: { username: 'a b', password: 'short', email: 'x' } });
    expect(data!.accountRegister.userErrors.map(({ code, path }: Data) => [code, path[1]])).toEqual([['INVALID', 'username'], ['OUT_OF_RANGE', 'password'], ['INVALID', 'email']]);
  });

  it.each([
    { what: 'no name', body: { username: '' }, code: 'field_invalid', zh: '用户名长度须在 1 到 20 之间', en: 'A user name has 1 to 20 characters' },
    { what: 'a name of 21 characters', body: { username: 'x'.repeat(21) }, code: 'field_invalid', zh: '用户名长度须在 1 到 20 之间', en: 'A user name has 1 to 20 characters' },
    { what: 'a name with an @', body: { username: 'a@b' }, code: 'field_invalid', zh: '用户名不能包含空白、@ 或控制字符', en: 'A user name has no spaces, no @ and no control characters' },
    { what: 'a short password', body: { password: '1234567' }, code: 'field_invalid', zh: '密码长度须在 8 到 128 之间', en: 'A password has 8 to 128 characters' },
    { what: 'no password', body: { password: '' }, code: 'field_invalid', zh: '密码长度须在 8 到 128 之间', en: 'A password has 8 to 128 characters' },
    { what: 'a password that everybody has', body: { password: 'Password123' }, code: 'field_invalid', zh: '密码过于常见，请更换', en: 'This password is one of the most common ones: choose another' },
    { what: 'an address that is none', body: { email: 'someone@nowhere' }, code: 'field_invalid', zh: '邮箱格式不正确', en: 'This is not an e-mail address' },
  ])('refuses $what', async ({ body, code, zh, en }) => {
    expect(await register(body)).toMatchObject(refusal(en, code));
    expect(await register(body, { 'accept-language': 'zh' })).toMatchObject(refusal(zh, code));
  });

  it('refuses a taken name, of a deleted account too, and a taken address in any spelling', async () => {
    const username = name();
    await register({ username, email: 'taken@example.com' });
    await sql('update user_account set deleted_at = now() where username = $1', [username]);
    expect(await register({ username }, { 'accept-language': 'zh' })).toMatchObject(refusal('用户名已存在', 'username_taken'));
    expect(await register({ email: 'TAKEN@example.com' }, { 'accept-language': 'zh' })).toMatchObject(refusal('邮箱已被注册', 'email_taken'));
    expect(await register({ email: 'TAKEN@example.com' })).toMatchObject(refusal('E-mail address is already registered', 'email_taken'));
  });

  it('lets one of many at the same time have a name or an address', async () => {
    const [username, email] = [name(), 'race@example.com'];
    const names = await Promise.all(Array.from({ length: 4 }, () => register({ username })));
    expect(told(names)).toEqual({ Registered: 1, 'Username already exists': 3 });
    const emails = await Promise.all(Array.from({ length: 4 }, () => register({ email })));
    expect(told(emails)).toEqual({ Registered: 1, 'E-mail address is already registered': 3 });
  });

  it.each(['RegisterEnabled', 'PasswordRegisterEnabled'])('is closed by %s', async (option) => {
    await setOptions(app, { [option]: 'false' });
    expect(await register({})).toMatchObject(refusal('Registration is closed', 'register_off'));
    expect(await register({}, { 'accept-language': 'zh' })).toMatchObject(refusal('注册已关闭', 'register_off'));
    const { data } = await app.query('{ site { registration { open passwordSignIn emailVerification captchaSiteKey } } }');
    expect(data!.site.registration).toEqual({ open: false, passwordSignIn: true, emailVerification: false, captchaSiteKey: null });
  });

  it('is limited to 20 in 20 minutes from one address, over GraphQL too', async () => {
    const address = '203.0.113.77', body = { username: 'a b', password };
    for (let tries = 0; tries < 20; tries++) await visit(app, 'POST', '/api/user/register', body, { address });
    const { status, retryAfter } = await visit(app, 'POST', '/api/user/register', body, { address });
    expect([status, Number(retryAfter) > 0]).toEqual([429, true]);
    const query = 'mutation { accountRegister(input: {username: "a b", password: "x"}) { ok } }';
    const answer = await app.request({ body: { query }, address });
    expect(String(answer.body)).toContain('THROTTLED');
  });

  it('takes addresses of allowed domains only, without aliases, when the operator says so', async () => {
    await setOptions(app, { EmailDomainRestrictionEnabled: 'true', EmailDomainWhitelist: 'good.example,other.example', EmailAliasRestrictionEnabled: 'true' });
    expect(await register({ email: 'a@bad.example' })).toMatchObject(refusal('Addresses of this domain are not accepted', 'email_domain'));
    expect(await register({ email: 'a@bad.example' }, { 'accept-language': 'zh' })).toMatchObject(refusal('该邮箱域名不在允许范围内', 'email_domain'));
    for (const email of ['a+b@good.example', 'a.b@good.example']) expect(await register({ email })).toMatchObject(refusal('Addresses with an alias ("+" or "." before the @) are not accepted', 'email_alias'));
    expect((await register({ email: 'Plain@GOOD.example' })).body.success).toBe(true);
  });
});

describe('codes', () => {
  beforeEach(() => setOptions(app, { EmailVerificationEnabled: 'true', SystemName: 'Mühle <b>' }));

  it('prove the address of a new account, once', async () => {
    const username = name(), email = 'fresh@example.com';
    expect((await askCode(' Fresh@Example.com')).body).toEqual({ success: true, message: '' });
    expect(sink.mails).toEqual([expect.objectContaining({ to: email, from: 'weir@mail.example', subject: 'Your Mühle <b> code', login: 'weir@mail.example' })]);
    expect(sink.mails[0]!.raw).toContain('Content-Type: text/html');
    const code = codeFor(email);
    expect(await sql('select secret_hash from email_proof where email = $1', [email])).toEqual([{ secret_hash: expect.not.stringContaining(code) as string }]);
    expect((await register({ username, email, verification_code: code.toLowerCase() })).body).toEqual({ success: true, message: 'Registered' });
    expect((await stored(username)).email_verified_at).toBeTruthy();
    expect(await sql('select from email_proof where email = $1', [email])).toEqual([]);
  });

  it('are mailed in Chinese to who asks in Chinese', async () => {
    await askCode('zh@example.com', { headers: { 'accept-language': 'zh' } });
    expect(sink.mails[0]).toMatchObject({ subject: 'Mühle <b> 邮箱验证码', text: expect.stringMatching(/验证码：\w{6}\n/) as string });
  });

  it('are asked for, and wrong ones refused', async () => {
    const email = 'wrong@example.com';
    expect(await register({})).toMatchObject(refusal('An e-mail address is needed', 'email_required'));
    expect(await register({ email })).toMatchObject(refusal('Code wrong or expired', 'code_expired'));
    expect(await register({ email, verification_code: 'ABCDEF' }, { 'accept-language': 'zh' })).toMatchObject(refusal('验证码错误或已过期', 'code_expired'));
    await askCode(email);
    for (const verification_code of ['', '000000', null, 0, [], {}]) expect((await register({ email, verification_code })).body.success).toBe(false);
  });

  it('bear five tries, of which parallel ones count too', async () => {
    const email = 'guess@example.com';
    await askCode(email);
    await Promise.all(Array.from({ length: 8 }, () => register({ email, verification_code: '000000' })));
    expect((await register({ email, verification_code: codeFor(email) })).body.success).toBe(false);
    await askCode(email);
    expect((await register({ email, verification_code: codeFor(email) })).body.success).toBe(true);
  });

  it('end after ten minutes, and when another one is asked for', async () => {
    const email = 'late@example.com';
    await askCode(email);
    const first = codeFor(email);
    await askCode(email);
    expect((await register({ email, verification_code: first })).body.success).toBe(false);
    app.clock.advance(600_000);
    expect((await register({ email, verification_code: codeFor(email) })).body.success).toBe(false);
  });

  it('prove no other address', async () => {
    await askCode('mine@example.com');
    expect((await register({ email: 'yours@example.com', verification_code: codeFor('mine@example.com') })).body.success).toBe(false);
  });

  it('are refused for an address that is malformed, taken, or not accepted', async () => {
    await register({ email: 'has@example.com', verification_code: await askCode('has@example.com').then(() => codeFor('has@example.com')) });
    expect(await askCode('nonsense')).toMatchObject(refusal('This is not an e-mail address', 'field_invalid'));
    expect(await askCode('has@example.com')).toMatchObject(refusal('E-mail address is already registered', 'email_taken'));
    await setOptions(app, { EmailAliasRestrictionEnabled: 'true' });
    expect((await askCode('a+b@example.com')).body.success).toBe(false);
    expect((await visit(app, 'GET', '/api/verification')).status).toBe(400);
  });

  it('are limited to 2 in 30 s for a caller, and 3 in an hour for a recipient', async () => {
    const address = '203.0.113.78';
    for (const email of ['l1@example.com', 'l2@example.com']) expect((await askCode(email, { address })).status).toBe(200);
    const limited = await askCode('l3@example.com', { address });
    expect([limited.status, Number(limited.retryAfter) > 0 && Number(limited.retryAfter) <= 30]).toEqual([429, true]);
    for (let mails = 0; mails < 3; mails++) expect((await askCode('one@example.com')).status).toBe(200);
    expect((await askCode('one@example.com')).status).toBe(429);
  });

  it('say when the mail cannot be sent', async () => {
    sink.refuse(true);
    expect(await askCode('full@example.com')).toMatchObject(refusal('The mail could not be sent, try again later', 'mail_failed'));
    sink.refuse(false);
    await setOptions(app, { SMTPServer: '' });
    expect(await askCode('nobody@example.com', { headers: { 'accept-language': 'zh' } })).toMatchObject(refusal('邮件服务未配置', 'mail_unconfigured'));
    await setOptions(app, { SMTPServer: '127.0.0.1' });
  });

  it('give a signed-in account its address', async () => {
    const username = name(), email = 'bound@example.com';
    await setOptions(app, { EmailVerificationEnabled: 'false' });
    await register({ username });
    const { cookies, body } = await signIn(username), headers = { cookie: cookies[0]!.split(';')[0]!, 'new-api-user': String(body.data.id) };
    const bind = (code: string, more: Record<string, string> = headers) => visit(app, 'GET', `/api/oauth/email/bind?email=${email}&code=${code}`, undefined, { headers: more });
    await askCode(email);
    expect((await bind(codeFor(email), {})).status).toBe(401);
    expect((await bind('000000'))).toMatchObject(refusal('Code wrong or expired', 'code_expired'));
    expect((await bind(codeFor(email))).body).toEqual({ success: true, message: '' });
    expect(await stored(username)).toMatchObject({ email, email_verified_at: expect.anything() as unknown });
    expect((await bind(codeFor(email))).body.success).toBe(false);
    await setOptions(app, { EmailVerificationEnabled: 'true' });
    const change = await visit(app, 'PUT', '/api/user/self', { email: 'typed@example.com' }, { headers });
    expect(change).toMatchObject(refusal('A changed address must be verified by the mailed code', 'email_needs_code'));
    expect((await visit(app, 'PUT', '/api/user/self', { email, display_name: 'Same address' }, { headers })).body.success).toBe(true);
  });
});

describe('a forgotten password', () => {
  const ask = (email: string) => visit(app, 'GET', `/api/reset_password?email=${encodeURIComponent(email)}`);
  const reset = (body: Data, headers?: Record<string, string>) => visit(app, 'POST', '/api/user/reset', body, { headers });

  async function linkFor(email: string): Promise<URLSearchParams> {
    await ask(email);
    const mail = await eventually(() => sink.mails.findLast(({ to }) => to === email) ?? Promise.reject(new Error('no mail yet')));
    const [link] = /https?:\S+/.exec(mail.text)!;
    sink.mails.length = 0;
    expect(link).toMatch(/^https:\/\/weir\.example\/user\/reset\?/);
    return new URL(link).searchParams;
  }

  it('is replaced by one that the owner chooses, and every session ends', async () => {
    const username = name(), email = 'forgot@example.com';
    await register({ username, email });
    const { cookies, body } = await signIn(username), headers = { cookie: cookies[0]!.split(';')[0]!, 'new-api-user': String(body.data.id) };
    const token = (await linkFor(email)).get('token')!;
    expect((await reset({ email: email.toUpperCase(), token, password: 'another long one' })).body).toEqual({ success: true, message: '', data: '' });
    expect((await visit(app, 'GET', '/api/user/self', undefined, { headers })).status).toBe(401);
    expect((await signIn(username)).body.success).toBe(false);
    expect((await signIn(username, 'another long one')).body.success).toBe(true);
    expect(await reset({ email, token, password: 'a third long one' })).toMatchObject(refusal('The reset link is wrong or has expired', 'reset_invalid'));
  });

  it('is made by us when none is sent', async () => {
    const username = name(), email = 'made@example.com';
    await register({ username, email });
    const { body } = await reset({ email, token: (await linkFor(email)).get('token') });
    expect(body).toEqual({ success: true, message: '', data: expect.stringMatching(/^\w{12}$/) as string });
    expect((await signIn(username, body.data as string)).body.success).toBe(true);
  });

  it('is not told apart from an address without account', async () => {
    const username = name(), email = 'exists@example.com';
    await register({ username, email });
    const [one, other] = [await ask(email), await ask('nobody-has@example.com')];
    expect([one.status, one.body]).toEqual([other.status, other.body]);
    await eventually(() => expect(sink.mails.map(({ to }) => to)).toEqual([email]));
    expect(await ask('nonsense')).toMatchObject(refusal('This is not an e-mail address', 'field_invalid'));
  });

  it('stays when token, address or password are wrong', async () => {
    const username = name(), email = 'stays@example.com';
    await register({ username, email });
    const token = (await linkFor(email)).get('token')!;
    for (const wrong of ['', null, 'x', 0, [], {}, token.slice(1)]) expect((await reset({ email, token: wrong, password })).body.success).toBe(false);
    await linkFor(email).then((link) => link.get('token')!).then(async (fresh) => {
      expect((await reset({ email, token, password }, { 'accept-language': 'zh' }))).toMatchObject(refusal('重置链接无效或已过期', 'reset_invalid'));
      expect((await reset({ email: 'other@example.com', token: fresh, password })).body.success).toBe(false);
      expect(await reset({ email, token: fresh, password: 'password' })).toMatchObject({ body: { message: 'This password is one of the most common ones: choose another' } });
      app.clock.advance(600_000);
      expect((await reset({ email, token: fresh, password })).body.success).toBe(false);
    });
    expect((await signIn(username)).body.success).toBe(true);
  });
});
