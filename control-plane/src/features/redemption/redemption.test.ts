import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, admin: Principal, serial = 0;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
});
afterAll(() => app.stop());

const newKey = () => `key-${++serial}`;
const run = async (document: string, variables: object, as: Principal): Promise<Data> => {
  const { data, errors } = await app.query(document, { ...variables }, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0];
};
const create = (over: object = {}, key = newKey(), as = admin) => run(
  `mutation ($input: RedemptionBatchInput!, $key: String!) { redemptionBatchCreate(input: $input, idempotencyKey: $key) {
    batchId codes replayed redemptions { id legacyId code maskedCode name status quota expiresAt createdBy { username } } userErrors { code path } } }`,
  { input: { name: 'gift', count: 1, quota: '500', ...over }, key }, as);
const one = async (over: object = {}): Promise<{ id: string; code: string }> => (await create(over)).redemptions[0];
const redeem = (code: string, as: Principal, key = newKey()) => run(
  `mutation ($code: String!, $key: String!) { redemptionRedeem(code: $code, idempotencyKey: $key) {
    quota replayed ledgerEntry { account delta balanceAfter kind reason idempotencyKey } userErrors { code message path } } }`, { code, key }, as);
const setStatus = (id: string, status: string) => run('mutation ($id: ID!, $s: RedemptionStatus!) { redemptionSetStatus(id: $id, status: $s) { redemption { status } userErrors { code } } }', { id, s: status }, admin);
const update = (id: string, input: object) => run('mutation ($id: ID!, $input: RedemptionPatch!) { redemptionUpdate(id: $id, input: $input) { redemption { name quota expiresAt } userErrors { code path } } }', { id, input }, admin);
const rows = (text: string, values: unknown[] = []): Promise<Data[]> => sqlOf(app.base.orm.em.fork())(text, values);
const hoursAhead = (hours: number) => new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString();

describe('making codes', () => {
  it('gives a batch of different ones to read and to hand out', async () => {
    const { batchId, codes, redemptions } = await create({ count: 100, name: ' 新人礼包 ' });
    expect([new Set(codes).size, codes.every((code: string) => /^[0-9a-f]{32}$/.test(code))]).toEqual([100, true]);
    expect(batchId).toMatch(/^rdb_\d+$/);
    expect(redemptions[0]).toMatchObject({ code: codes[0], name: '新人礼包', status: 'ENABLED', quota: '500', expiresAt: null, maskedCode: `${codes[0].slice(0, 4)}…${codes[0].slice(-4)}`, createdBy: { username: admin.username } });
  });

  it('happens once for twenty repeats of a key at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({ count: 3 }, 'batch')));
    expect(new Set(answers.map(({ codes }) => String(codes))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await create({ count: 4 }, 'batch')).userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }]);
  });

  it.each([
    { name: 'no name', over: { name: '  ' }, code: 'REQUIRED', field: 'name' },
    { name: 'a name of 21 characters', over: { name: 'n'.repeat(21) }, code: 'TOO_LONG', field: 'name' },
    { name: 'no codes', over: { count: 0 }, code: 'OUT_OF_RANGE', field: 'count' },
    { name: '101 codes', over: { count: 101 }, code: 'OUT_OF_RANGE', field: 'count' },
    { name: 'worthless codes', over: { quota: '0' }, code: 'OUT_OF_RANGE', field: 'quota' },
    { name: 'a fortune', over: { quota: '9007199254740991' }, code: 'OUT_OF_RANGE', field: 'quota' },
    { name: 'an expiry in the past', over: { expiresAt: '2026-11-20T12:00:00Z' }, code: 'OUT_OF_RANGE', field: 'expiresAt' },
  ])('refuses $name', async ({ over, code, field }) => {
    expect(await create(over)).toMatchObject({ batchId: null, codes: [], userErrors: [{ code, path: ['input', field] }] });
  });

  it('refuses a blank key', async () => expect((await create({}, ' ')).userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REQUIRED', path: ['idempotencyKey'] }]));
});

describe('redeeming', () => {
  it('credits the wallet, writes the statement and the log', async () => {
    const user = await app.user(), { id, code } = await one();
    expect(await redeem(` ${code.toUpperCase()}\n`, user, 'first')).toEqual({
      quota: '500', replayed: false, userErrors: [],
      ledgerEntry: { account: `user:${user.userId}`, delta: '500', balanceAfter: '500', kind: 'REDEMPTION', reason: `Redemption code ${id.slice(4)}`, idempotencyKey: 'first' },
    });
    expect(await rows('select type, content from log where user_id = $1', [user.userId])).toEqual([{ type: 1, content: `Redeemed code ${id.slice(4)} (gift) for 500` }]);
    const query = 'query ($id: ID!) { redemption(id: $id) { status redeemedAt redeemedBy { username } } }';
    expect(await run(query, { id }, admin)).toEqual({ status: 'USED', redeemedAt: app.clock.now().toISOString(), redeemedBy: { username: user.username } });
  });

  it('gives exactly one credit for 1,000 claims of 100 users at once', async () => {
    const users = await Promise.all(Array.from({ length: 100 }, () => app.user())), { id, code } = await one({ quota: '77' });
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, claim) => redeem(code, users[claim % 100]!)));
    expect(answers.filter(({ quota }) => quota === '77')).toHaveLength(1);
    expect(new Set(answers.flatMap(({ userErrors }) => userErrors.map((error: Data) => error.message)))).toEqual(new Set(['Redemption code was used']));
    expect(await rows('select count(*)::int as count, sum(e.amount)::text as sum from ledger_transaction t join ledger_entry e on e.transaction_id = t.id and e.account = t.account where t.reference = $1', [`redemption:${id.slice(4)}`]))
      .toEqual([{ count: 1, sum: '77' }]);
    expect(await rows(`select sum(balance)::text as sum from account where name = any($1)`, [users.map(({ userId }) => `user:${userId}`)])).toEqual([{ sum: '77' }]);
  }, 60_000);

  it('gives the first answer to repeats of a key, also at once, and refuses the key for another code', async () => {
    const user = await app.user(), { code } = await one(), other = await one();
    const answers = await Promise.all(Array.from({ length: 15 }, () => redeem(code, user, 'again')));
    expect(answers.map(({ quota }) => quota)).toEqual(Array.from({ length: 15 }, () => '500'));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await redeem(other.code, user, 'again')).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(await rows('select balance::text from account where name = $1', [`user:${user.userId}`])).toEqual([{ balance: '500' }]);
    expect(await rows('select count(*)::int as count from log where user_id = $1', [user.userId])).toEqual([{ count: 1 }]);
  });

  it.each([
    { name: 'a code that never was', make: () => Promise.resolve('0'.repeat(32)), error: { code: 'INVALID', message: 'Unknown redemption code', path: ['code'] } },
    { name: 'a text that is no code', make: () => Promise.resolve("' or 1=1"), error: { code: 'INVALID', message: 'Unknown redemption code', path: ['code'] } },
    { name: 'a disabled one', make: async () => { const { id, code } = await one(); await setStatus(id, 'DISABLED'); return code; }, error: { code: 'INVALID', message: 'Unknown redemption code', path: ['code'] } },
    { name: 'a used one', make: async () => { const { code } = await one(); await redeem(code, await app.user()); return code; }, error: { code: 'TAKEN', message: 'Redemption code was used', path: ['code'] } },
    { name: 'an expired one', make: async () => { const { code } = await one({ expiresAt: hoursAhead(1) }); app.clock.advance(3_600_000); return code; }, error: { code: 'EXPIRED', message: 'Redemption code has expired', path: ['code'] } },
  ])('refuses $name', async ({ make, error }) => {
    const user = await app.user();
    expect(await redeem(await make(), user)).toMatchObject({ quota: null, userErrors: [error] });
    expect(await rows('select balance from account where name = $1 and balance <> 0', [`user:${user.userId}`])).toEqual([]);
  });

  it('leaves the code usable when the wallet can hold no more', async () => {
    const rich = await app.user(), { code } = await one();
    await rows(`insert into account (name, kind, balance) values ($1, 'WALLET', 9007199254740991)`, [`user:${rich.userId}`]);
    expect((await redeem(code, rich)).userErrors).toMatchObject([{ code: 'OUT_OF_RANGE' }]);
    expect((await redeem(code, await app.user())).quota).toBe('500');
  });

  it('limits wrong tries, not right ones', async () => {
    const guesser = await app.user(), lucky = await app.user();
    for (let count = 0; count < 20; count++) await redeem('f'.repeat(32), guesser);
    const { code } = await one();
    await expect(redeem(code, guesser)).rejects.toThrow('THROTTLED');
    const { codes } = await create({ count: 25 });
    for (const each of codes) expect((await redeem(each, lucky)).quota).toBe('500');
  });
});

describe('changing codes', () => {
  it('renames, revalues and moves the expiry of an unused one', async () => {
    const { id } = await one(), expiresAt = hoursAhead(24);
    expect(await update(id, { name: 'new', quota: '9', expiresAt })).toEqual({ redemption: { name: 'new', quota: '9', expiresAt }, userErrors: [] });
    expect((await update(id, { expiresAt: null })).redemption).toEqual({ name: 'new', quota: '9', expiresAt: null });
    expect((await update(id, { expiresAt: '2020-01-01T00:00:00Z' })).userErrors).toEqual([{ code: 'OUT_OF_RANGE', path: ['input', 'expiresAt'] }]);
    expect((await update('rdm_999999', { name: 'x' })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['id'] }]);
  });

  it('refuses a change of what somebody else has changed meanwhile', async () => {
    const { redemptions } = await create(), id = redemptions[0].id as string;
    const renamed = (name: string, v: string) => run('mutation ($id: ID!, $name: String!, $v: Int64) { redemptionUpdate(id: $id, input: { name: $name }, expectedVersion: $v) { redemption { name version } userErrors { code path } } }', { id, name, v }, admin);
    expect(await renamed('one', '1')).toEqual({ redemption: { name: 'one', version: '2' }, userErrors: [] });
    expect(await renamed('two', '1')).toEqual({ redemption: null, userErrors: [{ code: 'CONFLICT', path: ['expectedVersion'] }] });
  });

  it('keeps a used one as it is, except its name', async () => {
    const { id, code } = await one();
    await redeem(code, await app.user());
    expect((await update(id, { quota: '1' })).userErrors).toEqual([{ code: 'IMMUTABLE', path: ['input'] }]);
    expect((await setStatus(id, 'ENABLED')).userErrors).toEqual([{ code: 'IMMUTABLE' }]);
    expect((await update(id, { name: 'history', quota: '500' })).redemption.name).toBe('history');
  });

  it('switches off and on, but nobody marks one as used by hand', async () => {
    const { id } = await one();
    expect([(await setStatus(id, 'DISABLED')).redemption.status, (await setStatus(id, 'ENABLED')).redemption.status]).toEqual(['DISABLED', 'ENABLED']);
    expect((await setStatus(id, 'USED')).userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
  });

  it('deletes: it is not found, not listed and not redeemable any more', async () => {
    const { id, code } = await one();
    const remove = () => run('mutation ($id: ID!) { redemptionDelete(id: $id) { deletedId userErrors { code } } }', { id }, admin);
    expect(await remove()).toEqual({ deletedId: id, userErrors: [] });
    expect(await remove()).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await redeem(code, await app.user())).userErrors).toMatchObject([{ code: 'INVALID' }]);
  });
});

it('lists by filter and order, and removes what nobody can redeem any more', async () => {
  const list = async (filter: object) => (await run('query ($f: RedemptionFilter) { redemptions(filter: $f, first: 100, orderBy: { field: NAME, direction: ASC }) { nodes { name } totalCount { value } } }', { f: filter }, admin)).nodes.map(({ name }: Data) => name);
  const user = await app.user(), { batchId, redemptions } = await create({ name: 'sale_x', count: 4, expiresAt: hoursAhead(1) });
  const [used, off, kept, late] = redemptions;
  for (const [{ id }, name] of [[used, 'sale_a'], [off, 'sale_b'], [kept, 'sale_c'], [late, 'sale_d']] as const) await update(id, { name, ...(name === 'sale_d' ? {} : { expiresAt: null }) });
  await redeem(used.code, user);
  await setStatus(off.id, 'DISABLED');
  app.clock.advance(3_600_000);
  expect(await list({ batchId })).toEqual(['sale_a', 'sale_b', 'sale_c', 'sale_d']);
  expect(await list({ batchId, statuses: ['USED', 'DISABLED'] })).toEqual(['sale_a', 'sale_b']);
  expect(await list({ redeemedById: `usr_${user.userId}` })).toEqual(['sale_a']);
  expect(await list({ search: 'SALE_' })).toHaveLength(4);
  expect(await list({ search: 'ale_' })).toEqual([]);
  expect(await list({ search: String(kept.legacyId), batchId })).toEqual(['sale_c']);
  const [{ count }] = await rows(`select count(*)::int as count from redemption where deleted_at is null and (status <> 'ENABLED' or expires_at <= $1)`, [app.clock.now()]) as [Data];
  expect((await run('mutation { redemptionDeleteInvalid { deleted } }', {}, admin)).deleted).toBe(count);
  expect(await list({ batchId })).toEqual(['sale_c']);
});

it('is for admins: users neither list nor make codes', async () => {
  const user = await app.user(), { code } = await one();
  for (const document of ['{ redemptions { nodes { code } } }', 'mutation { redemptionDeleteInvalid { deleted } }']) expect((await app.query(document, {}, user)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect((await redeem(code, user)).quota).toBe('500');
});
