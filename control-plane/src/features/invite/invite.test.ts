import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { setOptions } from '../../testing/mail-sink.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { visit } from '../../testing/rest-visitor.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { audit, isClean, printAudit } from '../ledger/auditor.ts';
import { inviteCodeOf } from './invite-code.ts';

let app: TestApp, sql: Sql, inviter: RestCaller, serial = 0;
beforeAll(async () => {
  app = await startTestApp({ WEIR_PUBLIC_URL: 'https://weir.example' });
  sql = sqlOf(app.base.orm.em.fork());
  inviter = await restCaller(app);
  await setOptions(app, { QuotaForNewUser: '1000', QuotaForInvitee: '200', QuotaForInviter: '500000' });
});
afterAll(() => app.stop());

const register = async (body: Data): Promise<number> => {
  const username = `guest-${++serial}`;
  expect((await visit(app, 'POST', '/api/user/register', { username, password: 'nobody guesses this', ...body })).body.success).toBe(true);
  return (await sql<{ id: number }>('select id from user_account where username = $1', [username]))[0]!.id;
};
const balance = async (account: string): Promise<number> => Number((await sql<{ balance: string }>('select balance::text from account where name = $1', [account]))[0]?.balance ?? 0);
const self = async () => (await inviter.call('GET', '/api/user/self')).body.data as Data;
const codeOf = async (caller = inviter) => (await caller.call('GET', '/api/user/aff')).body.data as string;
const transfer = (quota: unknown, headers?: Record<string, string>) => inviter.call('POST', '/api/user/aff_transfer', { quota }, headers);

describe('an invite code', () => {
  it('is made at the first question and stays', async () => {
    expect((await self()).aff_code).toBe('');
    const code = await codeOf();
    expect(code).toMatch(/^\w{4}$/);
    expect([await codeOf(), (await self()).aff_code]).toEqual([code, code]);
    const { data } = await app.query('{ viewer { invite { code url count pending lifetime } } }', {}, inviter.principal);
    expect(data!.viewer.invite).toEqual({ code, url: `https://weir.example/register?aff=${code}`, count: 0, pending: '0', lifetime: '0' });
  });

  it('gets longer when the short ones are taken', async () => {
    const taken = await codeOf(), { userId } = await app.user();
    expect(await inviteCodeOf(app.base.orm.em.fork(), userId, (length) => (length < 6 ? taken : 'x'.repeat(length)))).toBe('xxxxxx');
  });

  it('is one for callers at the same moment', async () => {
    const other = await restCaller(app), codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(other)));
    expect(new Set(codes).size).toBe(1);
  });
});

describe('a new account', () => {
  it('gets its quota, once, and says so in the log', async () => {
    const id = await register({});
    expect(await balance(`user:${id}`)).toBe(1_000);
    expect(await sql('select type, content from log where user_id = $1', [id])).toEqual([{ type: 4, content: 'Gift for a new user: 1000' }]);
  });

  it('that was invited brings something to both sides', async () => {
    const before = await self(), id = await register({ aff_code: await codeOf() });
    expect(await balance(`user:${id}`)).toBe(1_200);
    expect(await self()).toMatchObject({ aff_count: before.aff_count + 1, aff_quota: before.aff_quota + 500_000, aff_history_quota: before.aff_history_quota + 500_000, quota: before.quota });
    const { data } = await app.query('query ($id: ID!) { user(id: $id) { invite { inviterId } } }', { id: String(id) }, await app.user({ role: 10 }));
    expect(data!.user.invite.inviterId).toBe(inviter.principal.userId);
  });

  it.each(['nobodys', 'x'.repeat(500), ''])('counts an unknown code as none: %s', async (aff_code) => {
    expect(await balance(`user:${await register({ aff_code })}`)).toBe(1_000);
  });

  it('gets nothing when nothing is given', async () => {
    await setOptions(app, { QuotaForNewUser: '0', QuotaForInvitee: '0', QuotaForInviter: '0' });
    const id = await register({ aff_code: await codeOf() });
    expect([await balance(`user:${id}`), (await sql('select from log where user_id = $1', [id])).length]).toEqual([0, 0]);
    await setOptions(app, { QuotaForNewUser: '1000', QuotaForInvitee: '200', QuotaForInviter: '500000' });
  });
});

describe('moving invite quota to the wallet', () => {
  it('moves it once for one key, also at the same moment', async () => {
    await register({ aff_code: await codeOf() });
    const before = await self();
    const answers = await Promise.all(Array.from({ length: 4 }, () => transfer(500_000, { 'idempotency-key': 'mine' })));
    expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 4 }, () => ({ success: true, message: '' })));
    expect(await self()).toMatchObject({ quota: before.quota + 500_000, aff_quota: before.aff_quota - 500_000, aff_history_quota: before.aff_history_quota });
    expect((await transfer(600_000, { 'idempotency-key': 'mine' })).body).toMatchObject({ success: false, code: 'idempotency_key_reused' });
  });

  it('never gives more than there is', async () => {
    const { aff_quota } = await self(), all = Array.from({ length: 4 }, (_, key) => transfer(aff_quota, { 'idempotency-key': `all-${key}` }));
    expect((await Promise.all(all)).filter(({ body }) => body.success)).toHaveLength(1);
    expect((await self()).aff_quota).toBe(0);
  });

  it.each([
    { quota: 499_999, zh: '划转额度低于最小值', en: 'Move at least one unit of currency' },
    { quota: -500_000, zh: '划转额度低于最小值', en: 'Move at least one unit of currency' },
    { quota: undefined, zh: '划转额度低于最小值', en: 'Move at least one unit of currency' },
    { quota: 900_000_000, zh: '邀请额度不足', en: 'Not enough invite quota' },
  ])('refuses $quota', async ({ quota, zh, en }) => {
    expect(await transfer(quota)).toMatchObject({ status: 200, body: { success: false, message: en } });
    expect((await transfer(quota, { 'accept-language': 'zh' })).body.message).toBe(zh);
  });

  it('refuses what is no number', async () => expect((await transfer('much')).status).toBe(400));

  it('leaves clean books', async () => {
    const lines = await audit(sql);
    expect(isClean(lines), printAudit(lines)).toBe(true);
  });
});
