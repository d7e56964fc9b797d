import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import { beginSession } from '../../features/session/session-store.ts';
import { Task } from '../../features/task/task.entity.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, alice: Principal, bob: Principal, admin: Principal;
let hers: string[];
beforeAll(async () => {
  app = await startTestApp();
  [alice, bob, admin] = [await app.user(), await app.user(), await app.user({ role: 10 })];
  const { data } = await app.query('mutation { tokenCreate(input: { name: "t", unlimited: true }) { token { id } } }', {}, alice);
  const em = app.base.orm.em.fork(), at = app.clock.now();
  const task = em.create(Task, { taskId: 'x', platform: 'suno', action: 'MUSIC', userId: alice.userId, createdAt: at, updatedAt: at, submittedAt: at });
  await em.flush();
  const session = await beginSession(await app.context(alice), alice.userId);
  await sqlOf(em)(`insert into channel (name, type, models, group_names, created_at) values ('c', 1, '{m}', '{default}', now())`);
  const [job] = await sqlOf(em)<{ id: number }>(`insert into job (kind, input, status, requested_by_id, created_at) values ('log-delete', '{}', 'RUNNING', $1, now()) returning id`, [alice.userId]);
  await app.query('mutation ($id: ID!) { userQuotaAdjust(id: $id, idempotencyKey: "k", input: { mode: ADD, quota: "5", reason: "r" }) { before } }', { id: `usr_${alice.userId}` }, admin);
  const [line] = await sqlOf(em)<{ id: number }>('select id::int from ledger_entry where account = $1', [`user:${alice.userId}`]);
  const [row] = await sqlOf(em)<{ seq: number }>('select seq::int from log where user_id = $1 limit 1', [alice.userId]);
  hers = [data!.tokenCreate.token.id as string, `tsk_${task.id}`, `ses_${session.id}`, `job_${job!.id}`, `led_${line!.id}`, `log_${row!.seq}`];
});
afterAll(() => app.stop());

const ask = async (id: string, as?: Principal) => {
  const { data, errors } = await app.query('query ($id: ID!) { node(id: $id) { __typename id } }', { id }, as);
  return errors ? errors.map(({ extensions }) => extensions!.code) : data!.node;
};

describe('node', () => {
  it('finds what the caller owns, by its type', async () => {
    const types = ['Token', 'Task', 'Session', 'Job', 'LedgerEntry', 'Log'];
    for (const [index, id] of hers.entries()) expect(await ask(id, alice)).toEqual({ __typename: types[index], id });
  });

  it('does not tell another\'s from one that never was', async () => {
    for (const id of hers) expect([id, await ask(id, bob)]).toEqual([id, null]);
  });

  it('opens everybody\'s to the rights that open their lists, and no further', async () => {
    const [token, task, session] = hers as [string, string, string];
    expect([await ask(task, admin), await ask(token, admin), await ask(session, admin)]).toEqual([{ __typename: 'Task', id: task }, null, null]);
    expect([await ask('ch_1', admin), await ask('ch_1', bob), await ask(`usr_${alice.userId}`, bob)]).toEqual([{ __typename: 'Channel', id: 'ch_1' }, ['FORBIDDEN'], ['FORBIDDEN']]);
    expect(await ask(task, { ...bob, credential: 'integration-key', permissions: [] })).toEqual(['FORBIDDEN']);
    for (const id of hers) expect(await ask(id)).toEqual(['UNAUTHENTICATED']);
  });

  it.each(['1', 'xx_1', 'ch_', 'ch_x', '_1', 'cred_1', 'aud_1', ''])('refuses "%s"', async (id) => expect(await ask(id, admin)).toEqual(['INVALID_ID']));
});

describe('nodes', () => {
  const many = (ids: string[], as: Principal) => app.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }, as);

  it('keeps the order, and tells a missing right once', async () => {
    const { data, errors } = await many([hers[0]!, 'ch_1', 'tok_987654', 'ch_2', 'nonsense', hers[1]!], alice);
    expect(data!.nodes).toEqual([{ id: hers[0] }, null, null, null, null, { id: hers[1] }]);
    expect(errors!.map(({ path, extensions }) => [path, extensions!.code])).toEqual([[['nodes', 1], 'FORBIDDEN'], [['nodes', 4], 'INVALID_ID']]);
  });

  it('takes a hundred, and costs by their number', async () => {
    expect((await many(Array.from({ length: 101 }, (_, index) => `tok_${index + 1}`), alice)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const cost = async (count: number) => {
      const answer = await app.request({ body: { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: Array.from({ length: count }, (_, index) => `tok_${index + 1}`) } }, address: `192.0.2.${count}` });
      return JSON.parse(String(answer.body)).extensions.cost.requested as number;
    };
    expect([await cost(3), await cost(90)]).toEqual([3, 90]);
  });
});
