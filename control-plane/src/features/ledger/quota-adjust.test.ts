import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, admin: Principal, serial = 0;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
});
afterAll(() => app.stop());

const mutation = `mutation ($id: ID!, $input: QuotaAdjustInput!, $key: String!) {
  userQuotaAdjust(id: $id, input: $input, idempotencyKey: $key) {
    before after replayed user { quota } ledgerEntry { account delta balanceAfter kind reason actorId idempotencyKey } userErrors { code path message }
  }
}`;
const adjust = async (user: Principal, mode: string, quota: string, over: object = {}, key = `key-${++serial}`, as = admin) => {
  const { data, errors } = await app.query(mutation, { id: `usr_${user.userId}`, input: { mode, quota, reason: 'because', ...over }, key }, as);
  return errors ? { errors } : data!.userQuotaAdjust;
};

it('adds, subtracts and overrides, each as a line with reason and actor', async () => {
  const user = await app.user();
  expect(await adjust(user, 'ADD', '500')).toMatchObject({ before: '0', after: '500', user: { quota: '500' }, ledgerEntry: { delta: '500', balanceAfter: '500', kind: 'ADJUSTMENT', reason: 'because', actorId: admin.userId } });
  expect(await adjust(user, 'SUBTRACT', '700')).toMatchObject({ before: '500', after: '-200', ledgerEntry: { delta: '-700' } });
  expect(await adjust(user, 'OVERRIDE', '100')).toMatchObject({ before: '-200', after: '100', ledgerEntry: { delta: '300' } });
  expect(await adjust(user, 'OVERRIDE', '100')).toMatchObject({ before: '100', after: '100', ledgerEntry: null, userErrors: [] });
});

it('happens once for forty repeats of a key', async () => {
  const user = await app.user();
  const answers = await Promise.all(Array.from({ length: 40 }, () => adjust(user, 'ADD', '9', {}, 'forty')));
  expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
  expect(new Set(answers.map((answer) => answer.after))).toEqual(new Set(['9']));
  expect((await adjust(user, 'ADD', '10', {}, 'forty')).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
});

it.each([
  { name: 'nothing', mode: 'ADD', quota: '0', over: {}, error: { code: 'OUT_OF_RANGE', path: ['input', 'quota'] } },
  { name: 'a negative amount', mode: 'SUBTRACT', quota: '-5', over: {}, error: { code: 'OUT_OF_RANGE', path: ['input', 'quota'] } },
  { name: 'too much', mode: 'ADD', quota: '9007199254740991', over: {}, error: { code: 'OUT_OF_RANGE', path: ['input', 'quota'] } },
  { name: 'no reason', mode: 'ADD', quota: '5', over: { reason: '  ' }, error: { code: 'REQUIRED', path: ['input', 'reason'] } },
  { name: 'another balance than expected', mode: 'OVERRIDE', quota: '5', over: { expectedQuota: '1' }, error: { code: 'CONFLICT', path: ['input', 'expectedQuota'] } },
])('refuses $name', async ({ mode, quota, over, error }) => {
  expect((await adjust(await app.user(), mode, quota, over)).userErrors).toMatchObject([error]);
});

it('refuses a blank key, an equal role and a missing user', async () => {
  const user = await app.user();
  expect((await adjust(user, 'ADD', '5', {}, ' ')).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REQUIRED' }]);
  expect((await adjust(await app.user({ role: 10 }), 'ADD', '5')).userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  expect((await adjust({ ...user, userId: 999_999 }, 'ADD', '5')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await adjust(user, 'ADD', '5', {}, 'k', user)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

it('leaves a row in the log that names the actor', async () => {
  const user = await app.user();
  await adjust(user, 'ADD', '500');
  const [row] = await app.base.orm.em.getConnection().execute('select type, content from log where user_id = ?', [user.userId]);
  expect(row).toEqual({ type: 3, content: `${admin.username} (${admin.userId}) changed the quota by +500 to 500: because` });
});

it('shows statements: to operators everybody\'s, to a user only the own', async () => {
  const [user, other] = [await app.user(), await app.user()];
  for (const amount of ['1', '2', '3']) await adjust(user, 'ADD', amount);
  await adjust(other, 'ADD', '50');
  const query = `query ($filter: LedgerFilter, $after: String) { ledger(filter: $filter, first: 2, after: $after) { nodes { delta balanceAfter } pageInfo { hasNextPage endCursor } totalCount { value } } }`;
  const filter = { userId: `usr_${user.userId}`, kinds: ['ADJUSTMENT'] };
  const first = (await app.query(query, { filter }, admin)).data!.ledger;
  expect(first).toMatchObject({ nodes: [{ delta: '3', balanceAfter: '6' }, { delta: '2', balanceAfter: '3' }], pageInfo: { hasNextPage: true }, totalCount: { value: '3' } });
  expect((await app.query(query, { filter, after: first.pageInfo.endCursor }, admin)).data!.ledger.nodes).toEqual([{ delta: '1', balanceAfter: '1' }]);
  expect((await app.query(query, { filter: { kinds: ['CONSUME'], userId: `usr_${user.userId}` } }, admin)).data!.ledger.nodes).toEqual([]);
  expect((await app.query(query, {}, user)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect((await app.query('{ viewer { ledger { nodes { account delta } } } }', {}, other)).data!.viewer.ledger.nodes).toEqual([{ account: `user:${other.userId}`, delta: '50' }]);
});
