import { parse, subscribe, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { typedId } from '../../kernel/typed-id.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { Task, TaskStatus } from '../task/task.entity.ts';

let app: TestApp, admin: Principal, alice: Principal, bob: Principal, serial = 0;
beforeAll(async () => {
  app = await startTestApp();
  [admin, alice, bob] = [await app.user({ role: 100 }), await app.user(), await app.user()];
});
afterAll(() => app.stop());

type Stream = AsyncGenerator<ExecutionResult<Data>>;

async function follow(query: string, as: Principal): Promise<Stream> {
  const result = await subscribe({ schema: app.schema, document: parse(`subscription { ${query} }`), contextValue: await app.context(as) });
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result as Stream;
}

/** The next `count` events of the only field. */
async function take(stream: Stream, count: number): Promise<Data[]> {
  const found: Data[] = [];
  while (found.length < count) {
    const { value, done } = await stream.next();
    if (done) throw new Error('The stream has ended');
    expect(value.errors).toBeUndefined();
    found.push(Object.values(value.data!)[0] as Data);
  }
  return found;
}

const channel = (over: object = {}) => ({ name: `c${++serial}`, type: 1, credentials: ['sk-x'], models: ['gpt-4o'], groups: ['default'], ...over });
async function makeChannel(): Promise<string> {
  const { data } = await app.query('mutation ($input: ChannelCreateInput!) { channelCreate(input: $input) { channels { id } userErrors { message } } }', { input: channel() }, admin);
  return data!.channelCreate.channels[0].id as string;
}
const update = (id: string, input: object) => app.query('mutation ($id: ID!, $input: ChannelPatch!) { channelUpdate(id: $id, input: $input) { userErrors { message } } }', { id, input }, admin);
const credit = (userId: number, quota: string) => app.query(`mutation ($id: ID!) { userQuotaAdjust(id: $id, idempotencyKey: "k${++serial}", input: { mode: ADD, quota: "${quota}", reason: "x" }) { before } }`, { id: typedId('user', userId) }, admin);

describe('channel changes', () => {
  it('tell what happened, in its order, and go on where a reader left', async () => {
    const stream = await follow('channelChanges { kind channelId gap cursor channel { status name } }', admin), first = take(stream, 1);
    const id = await makeChannel();
    const [made] = await first;
    expect(made).toMatchObject({ kind: 'CREATED', channelId: id, gap: false, channel: { status: 'ENABLED' } });
    await stream.return(undefined);
    await update(id, { name: 'renamed' });
    await update(id, { status: 'DISABLED' });
    await app.query('mutation ($id: ID!) { channelDelete(id: $id) { deletedId } }', { id }, admin);
    const again = await follow(`channelChanges(after: "${made!.cursor}") { kind channelId gap channel { name } }`, admin);
    expect(await take(again, 3)).toEqual([
      { kind: 'UPDATED', channelId: id, gap: false, channel: null }, { kind: 'STATUS', channelId: id, gap: false, channel: null }, { kind: 'DELETED', channelId: id, gap: false, channel: null },
    ]);
    await again.return(undefined);
  });

  it('mark a gap when there were too many, and when what was behind a cursor is forgotten', async () => {
    const sql = sqlOf(app.base.orm.em.fork()), stream = await follow('channelChanges { cursor }', admin), first = take(stream, 1);
    await makeChannel();
    const [{ cursor }] = await first as [Data];
    await stream.return(undefined);
    await sql(`insert into live_change (topic, row_id, kind) select 'channel', n, 'UPDATED' from generate_series(100000, 100600) n`);
    const late = await follow(`channelChanges(after: "${cursor}") { gap channelId }`, admin), [newest, next] = await take(late, 2);
    expect([newest, next]).toEqual([{ gap: true, channelId: 'ch_100501' }, { gap: false, channelId: 'ch_100502' }]);
    await late.return(undefined);
    await sql('delete from live_change where row_id < 100590');
    const forgotten = await follow(`channelChanges(after: "${cursor}") { gap channelId }`, admin);
    expect((await take(forgotten, 2)).map(({ gap }) => gap)).toEqual([true, false]);
    await forgotten.return(undefined);
  });

  it('do not tell a charge', async () => {
    const id = await makeChannel(), sql = sqlOf(app.base.orm.em.fork()), [before] = await sql('select count(*)::int as count from live_change');
    await sql('update channel set used_quota = used_quota + 5 where id = $1', [Number(id.slice(3))]);
    expect(await sql('select count(*)::int as count from live_change')).toEqual([before]);
  });
});

describe('what is the caller\'s own', () => {
  it('is told to them alone: balances, tasks, notifications', async () => {
    const [hers, his] = [await follow('balanceChanges { delta quota kind gap }', alice), await follow('balanceChanges { delta }', bob)];
    const told = take(hers, 2), toldHim = take(his, 1);
    await credit(alice.userId, '500');
    await credit(alice.userId, '20');
    await credit(bob.userId, '7');
    expect(await told).toEqual([{ delta: '500', quota: '500', kind: 'ADJUSTMENT', gap: false }, { delta: '20', quota: '520', kind: 'ADJUSTMENT', gap: false }]);
    expect(await toldHim).toEqual([{ delta: '7' }]);
    await Promise.all([hers.return(undefined), his.return(undefined)]);
  });

  it('tasks go on', async () => {
    const stream = await follow('taskUpdates { task { taskId status progress } }', alice), told = take(stream, 2), at = app.clock.now(), em = app.base.orm.em.fork();
    const common = { platform: 'suno', action: 'MUSIC', createdAt: at, updatedAt: at, submittedAt: at };
    em.create(Task, { ...common, taskId: 'task_bob', userId: bob.userId });
    const task = em.create(Task, { ...common, taskId: 'task_alice', userId: alice.userId });
    await em.flush();
    Object.assign(task, { status: TaskStatus.IN_PROGRESS, progress: 40 });
    await em.flush();
    expect((await told).every(({ task: { taskId } }) => taskId === 'task_alice')).toBe(true);
    await stream.return(undefined);
  });

  it('notifications come as they are written', async () => {
    const stream = await follow('notifications { notification { kind title } cursor }', alice), told = take(stream, 1), sql = sqlOf(app.base.orm.em.fork());
    for (const { userId } of [bob, alice]) await sql(`insert into notification (user_id, kind, facts, created_at, next_try_at) values ($1, 'QUOTA_LOW', '{"quota":"1"}', now(), now())`, [userId]);
    const [event] = await told;
    expect(event!.notification).toMatchObject({ kind: 'QUOTA_LOW' });
    await stream.return(undefined);
    const elsewhere = await subscribe({ schema: app.schema, document: parse(`subscription { notifications(after: "${event!.cursor}") { gap } }`), contextValue: await app.context(bob) });
    expect('errors' in elsewhere && elsewhere.errors![0]!.extensions.code).toBe('CURSOR_MISMATCH');
  });

  it.each([
    { name: 'balances', field: 'balanceChanges', shown: 'delta', change: (step: number) => credit(alice.userId, String(1_000 + step)), told: (step: number) => ({ delta: String(1_000 + step) }) },
    { name: 'tasks', field: 'taskUpdates', shown: 'task { taskId }', told: (step: number) => ({ task: { taskId: `resumed_${step}` } }), change: (step: number) => sqlOf(app.base.orm.em.fork())(
      `insert into task (task_id, platform, action, user_id, created_at, updated_at, submitted_at) values ($1, 'suno', 'MUSIC', $2, now(), now(), now())`, [`resumed_${step}`, alice.userId]) },
    { name: 'notifications', field: 'notifications', shown: 'notification { kind }', told: () => ({ notification: { kind: 'QUOTA_LOW' } }), change: () => sqlOf(app.base.orm.em.fork())(
      `insert into notification (user_id, kind, facts, created_at, next_try_at) values ($1, 'QUOTA_LOW', '{"quota":"1"}', now(), now())`, [alice.userId]) },
  ])('goes on behind a cursor, with nothing lost and nothing twice: $name', async ({ field, shown, change, told }) => {
    const stream = await follow(`${field} { cursor ${shown} }`, alice), first = take(stream, 1);
    await change(1);
    const [{ cursor, ...one }] = await first as [Data];
    expect(one).toEqual(told(1));
    await stream.return(undefined);
    await change(2);
    await change(3);
    const again = await follow(`${field}(after: "${cursor}") { gap ${shown} }`, alice);
    expect(await take(again, 2)).toEqual([{ gap: false, ...told(2) }, { gap: false, ...told(3) }]);
    await again.return(undefined);
  });

  it('has at most twenty streams', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => follow('balanceChanges { delta }', bob)));
    await expect(follow('balanceChanges { delta }', bob)).rejects.toThrow('THROTTLED');
    await Promise.all(many.map((one) => one.return(undefined)));
    const after = await follow('balanceChanges { delta }', bob);
    await after.return(undefined);
  });
});
