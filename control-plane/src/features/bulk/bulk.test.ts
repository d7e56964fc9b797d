/** The bulks of tokens, users and codes; the one of channels has its own test. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { JobRunner } from '../job/job-runner.ts';
import { JobTable } from '../job/job-table.ts';
import { redemptionBulk } from '../redemption/redemption-bulk.ts';
import { beginSession } from '../session/session-store.ts';
import { tokenBulk } from '../token/token-bulk.ts';
import { userBulk } from '../user/user-bulk.ts';
import { bulkJob } from './bulk-job.ts';

let app: TestApp, sql: Sql, admin: Principal, me: Principal, other: Principal;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [admin, me, other] = [await app.user({ role: 10 }), await app.user(), await app.user()];
});
afterAll(() => app.stop());

const run = async (call: string, as: Principal, selection = 'matched results { id ok userErrors { code path } } userErrors { code path }'): Promise<Data> => {
  const { data, errors } = await app.query(`mutation { ${call} { ${selection} } }`, {}, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0] as Data;
};
const passed = ({ results }: Data): unknown[] => (results as Data[]).map(({ id, ok, userErrors }) => [id, ok, ...userErrors.map(({ code }: Data) => code as string)]);

/** Begins the job, does it, and gives its outcome; or the refusals. */
async function job(call: string, as: Principal): Promise<unknown> {
  const { job: made, userErrors } = await run(call, as, 'job { id } userErrors { code path }');
  if (!made) return userErrors;
  const { orm, pubSub, log } = app.base, kinds = [bulkJob(tokenBulk), bulkJob(userBulk(pubSub)), bulkJob(redemptionBulk)];
  await new JobRunner({ table: new JobTable(orm), kinds, events: pubSub, clock: app.clock, log, fork: () => orm.em.fork() }).runHere(Number(made.id.slice(4)), 10_000);
  return (await app.query(`{ job(id: "${made.id}") { message failed results { nodes { subject message } } } }`, {}, as)).data!.job;
}

async function tokens(as: Principal, ...inputs: string[]): Promise<string[]> {
  const made: string[] = [];
  for (const input of inputs) made.push((await run(`tokenCreate(input: { name: "bulk", ${input} })`, as, 'token { id }')).token.id as string);
  return made;
}
const list = (ids: readonly string[]) => `ids: ${JSON.stringify(ids)}`;
const statuses = async (ids: readonly string[]) => (await sql<{ status: string }>('select status from token where id = any($1) order by id', [ids.map((id) => Number(id.slice(4)))])).map(({ status }) => status);

describe('tokens', () => {
  it('of the caller change together; another\'s is one that never was', async () => {
    const own = await tokens(me, 'unlimited: true', 'quota: "5"'), [theirs] = await tokens(other, 'unlimited: true');
    await sql('delete from snapshot_change');
    const all = [...own, theirs!, 'tok_987654'], is = [[own[0], true], [own[1], true], [theirs, false, 'NOT_FOUND'], ['tok_987654', false, 'NOT_FOUND']];
    expect(passed(await run(`tokenBulkUpdate(${list(all)}, dryRun: true, input: { status: DISABLED })`, me))).toEqual(is);
    expect([await statuses([...own, theirs!]), await sql('select from snapshot_change')]).toEqual([['ENABLED', 'ENABLED', 'ENABLED'], []]);
    const written = await run(`tokenBulkUpdate(${list(all)}, input: { status: DISABLED, models: ["m"], allowIps: [" 10.0.0.1 "], expiresAt: "2030-01-01T00:00:00Z" })`, me);
    expect([passed(written), written.matched]).toEqual([is, 2]);
    expect(await statuses([...own, theirs!])).toEqual(['DISABLED', 'DISABLED', 'ENABLED']);
    expect(await sql('select count(*)::int as told from snapshot_change')).toEqual([{ told: 2 }]);
    expect((await app.query(`{ token(id: "${own[0]}") { models allowIps expiresAt } }`, {}, me)).data!.token).toEqual({ models: ['m'], allowIps: ['10.0.0.1'], expiresAt: '2030-01-01T00:00:00.000Z' });
  });

  it('whose time or budget has run out are not enabled, unless the same change mends it', async () => {
    const own = await tokens(me, 'quota: "0", expiresAt: null', 'unlimited: true, expiresAt: "2026-11-20T12:00:00.001Z"');
    await run(`tokenBulkUpdate(${list(own)}, input: { status: DISABLED })`, me);
    app.clock.advance(10);
    expect(passed(await run(`tokenBulkUpdate(${list(own)}, input: { status: ENABLED })`, me))).toEqual([[own[0], false, 'NOT_ALLOWED'], [own[1], false, 'NOT_ALLOWED']]);
    expect(passed(await run(`tokenBulkUpdate(${list(own)}, input: { status: ENABLED, expiresAt: null })`, me))).toEqual([[own[0], false, 'NOT_ALLOWED'], [own[1], true]]);
    expect(await statuses(own)).toEqual(['DISABLED', 'ENABLED']);
  });

  it('of a filter change as a job, and only the caller\'s', async () => {
    await tokens(other, 'unlimited: true', 'unlimited: true');
    const mine = (await app.query('{ viewer { tokens { totalCount { value } } } }', {}, other)).data!.viewer.tokens.totalCount.value as string;
    expect(await job(`tokenBulkUpdateWhere(filter: {}, expectedCount: 500, input: { group: "" })`, other)).toEqual([{ code: 'CONFLICT', path: ['expectedCount'] }]);
    expect(await job(`tokenBulkUpdateWhere(filter: {}, expectedCount: ${mine}, dryRun: true, input: { status: DISABLED })`, other)).toEqual([]);
    expect(await job(`tokenBulkUpdateWhere(filter: {}, expectedCount: ${mine}, input: { status: DISABLED })`, other)).toEqual({ message: `${mine} of ${mine} changed`, failed: 0, results: { nodes: [] } });
  });

  it.each([
    ['status: EXHAUSTED', { code: 'INVALID', path: ['input', 'status'] }],
    ['group: "nowhere"', { code: 'NOT_ALLOWED', path: ['input', 'group'] }],
    ['allowIps: ["x"]', { code: 'INVALID', path: ['input', 'allowIps', '0'] }],
  ])('refuse %s', async (input, error) => {
    expect((await run(`tokenBulkUpdate(ids: ["tok_1"], input: { ${input} })`, me)).userErrors).toEqual([error]);
  });
});

describe('users', () => {
  it('below the caller change together, sessions end, and the others are named', async () => {
    const [one, two, equal, root] = [await app.user(), await app.user(), await app.user({ role: 10 }), await app.user({ role: 100 })], all = [one, two, equal, root].map(({ userId }) => `usr_${userId}`);
    for (const user of [one, equal]) await beginSession(await app.context(user), user.userId);
    const payload = await run(`userBulkUpdate(${list(all)}, input: { status: DISABLED })`, admin);
    expect(passed(payload)).toEqual([[all[0], true], [all[1], true], [all[2], false, 'NOT_ALLOWED'], [all[3], false, 'NOT_ALLOWED']]);
    expect(await sql('select user_id from session where user_id = any($1)', [[one.userId, equal.userId]])).toEqual([{ user_id: equal.userId }]);
    expect(await sql('select status from user_account where id = any($1) order by id', [[one.userId, equal.userId]])).toEqual([{ status: 'DISABLED' }, { status: 'ENABLED' }]);
    expect((await run(`userBulkUpdate(${list(all)}, input: { group: "nowhere" })`, admin)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'group'] }]);
  });

  it('of a filter change as a job, which names whom it passed over', async () => {
    const [low, high] = [await app.user({ username: 'findme-1' }), await app.user({ username: 'findme-2', role: 10 })];
    await sql(`insert into user_group (name) values ('gold')`);
    expect(await job('userBulkUpdateWhere(filter: { username: "findme" }, expectedCount: 2, input: { group: "gold" })', admin)).toEqual({
      message: '1 of 2 changed', failed: 1, results: { nodes: [{ subject: `usr_${high.userId}`, message: 'Cannot act on a user of the same or a higher role' }] },
    });
    expect(await sql('select group_name from user_account where id = any($1) order by id', [[low.userId, high.userId]])).toEqual([{ group_name: 'gold' }, { group_name: 'default' }]);
  });
});

describe('codes', () => {
  const codes = async (name: string): Promise<string[]> => ((await run(`redemptionBatchCreate(idempotencyKey: "${name}", input: { name: "${name}", count: 3, quota: "5" })`, admin, 'redemptions { id }')).redemptions as Data[]).map(({ id }) => id as string);

  it('that are used stay as they are, and may be deleted', async () => {
    const ids = await codes('one');
    await sql(`update redemption set status = 'USED', redeemed_by_id = $2, redeemed_at = now() where id = $1`, [Number(ids[1]!.slice(4)), me.userId]);
    expect(passed(await run(`redemptionBulkUpdate(${list(ids)}, input: { status: DISABLED, expiresAt: "2031-01-01T00:00:00Z" })`, admin))).toEqual([[ids[0], true], [ids[1], false, 'NOT_ALLOWED'], [ids[2], true]]);
    const shown = async () => (await app.query('{ redemptions(filter: { search: "one" }, orderBy: { field: ID, direction: ASC }) { nodes { status expiresAt } } }', {}, admin)).data!.redemptions.nodes as unknown;
    expect(await shown()).toEqual([{ status: 'DISABLED', expiresAt: '2031-01-01T00:00:00.000Z' }, { status: 'USED', expiresAt: null }, { status: 'DISABLED', expiresAt: '2031-01-01T00:00:00.000Z' }]);
    expect((await run(`redemptionBulkDelete(${list(ids)}, dryRun: true)`, admin)).matched).toBe(3);
    expect(await shown()).toHaveLength(3);
    expect((await run(`redemptionBulkDelete(${list(ids)})`, admin)).matched).toBe(3);
    expect(await shown()).toEqual([]);
  });

  it('of a filter are deleted as a job', async () => {
    await codes('two');
    expect(await job('redemptionBulkDeleteWhere(filter: { search: "two" }, expectedCount: 3)', admin)).toEqual({ message: '3 of 3 deleted', failed: 0, results: { nodes: [] } });
    expect((await run('redemptionBulkUpdate(ids: ["rdm_1"], input: { status: USED })', admin)).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'status'] }]);
  });
});
