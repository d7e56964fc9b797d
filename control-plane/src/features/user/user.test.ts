import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { LedgerKind } from '../ledger/ledger-transaction.entity.ts';
import { SnapshotChange } from '../relay-link/snapshot-change.entity.ts';
import { beginSession } from '../session/session-store.ts';
import { Session } from '../session/session.entity.ts';
import { hashPassword, isPassword } from './password.ts';
import { User } from './user.entity.ts';

const create = 'mutation ($input: UserCreateInput!) { userCreate(input: $input) { user { id username role group quota } userErrors { code path } } }';
const update = 'mutation ($id: ID!, $input: UserPatch!, $v: Int64) { userUpdate(id: $id, input: $input, expectedVersion: $v) { user { id username role group version } userErrors { code message path } } }';
const setStatus = 'mutation ($id: ID!, $status: UserStatus!) { userSetStatus(id: $id, status: $status) { user { status } userErrors { code message } } }';

let app: TestApp, root: Principal, admin: Principal;
beforeAll(async () => {
  app = await startTestApp();
  [root, admin] = [await app.user({ username: 'the-root', role: 100 }), await app.user({ role: 10 })];
});
afterAll(() => app.stop());

const run = async (document: string, variables: object, as: Principal): Promise<Data> => {
  const { data, errors } = await app.query(document, { ...variables }, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0];
};
const idOf = ({ userId }: Principal) => `usr_${userId}`;
const stored = ({ userId }: Principal) => app.base.orm.em.fork().findOneOrFail(User, userId);

describe('creating', () => {
  it('makes a user who can sign in, with an opening balance', async () => {
    const { user, userErrors } = await run(create, { input: { username: 'new', password: 'a long password', quota: '700' } }, admin);
    expect(userErrors).toEqual([]);
    expect(user).toMatchObject({ username: 'new', role: 1, group: 'default', quota: '700' });
    const row = await app.base.orm.em.fork().findOneOrFail(User, { username: 'new' });
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword('a long password', row.passwordHash)).toBe(true);
  });

  it.each([
    { name: 'a name that is taken', input: { username: 'the-root' }, code: 'TAKEN', path: ['input', 'username'] },
    { name: 'a name of 21 characters', input: { username: 'u'.repeat(21) }, code: 'OUT_OF_RANGE', path: ['input', 'username'] },
    { name: 'a name with a space', input: { username: 'a b' }, code: 'INVALID', path: ['input', 'username'] },
    { name: 'a name that could be an address', input: { username: 'a@b.c' }, code: 'INVALID', path: ['input', 'username'] },
    { name: 'a short password', input: { password: 'short' }, code: 'OUT_OF_RANGE', path: ['input', 'password'] },
    { name: 'an address that is none', input: { email: 'nobody' }, code: 'INVALID', path: ['input', 'email'] },
    { name: 'a group that does not exist', input: { group: 'nowhere' }, code: 'NOT_FOUND', path: ['input', 'group'] },
    { name: 'a role that does not exist', input: { role: 50 }, code: 'NOT_ALLOWED', path: ['input', 'role'] },
    { name: 'a second root', input: { role: 100 }, code: 'NOT_ALLOWED', path: ['input', 'role'] },
    { name: 'a quota below zero', input: { quota: '-5' }, code: 'OUT_OF_RANGE', path: ['input', 'quota'] },
  ])('refuses $name', async ({ input, code, path }) => {
    expect(await run(create, { input: { username: 'fine', password: 'a long password', ...input } }, root)).toEqual({ user: null, userErrors: [{ code, path }] });
  });

  it('lets one of two take a name at the same moment', async () => {
    const both = await Promise.all([1, 2].map(() => run(create, { input: { username: 'twin', password: 'a long password' } }, admin)));
    expect(both.filter(({ user }) => user)).toHaveLength(1);
    expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'TAKEN', path: ['input', 'username'] }]);
  });
});

describe('who may act on whom', () => {
  it.each([
    { name: 'an admin on a user', actor: 'admin', target: 1, allowed: true },
    { name: 'an admin on another admin', actor: 'admin', target: 10, allowed: false },
    { name: 'an admin on root', actor: 'admin', target: 100, allowed: false },
    { name: 'root on an admin', actor: 'root', target: 10, allowed: true },
  ] as const)('$name: $allowed', async ({ actor, target, allowed }) => {
    const as = actor === 'root' ? root : admin, on = target === 100 ? root : await app.user({ role: target });
    const [updated, disabled] = [await run(update, { id: idOf(on), input: { remark: 'seen' } }, as), await run(setStatus, { id: idOf(on), status: 'DISABLED' }, as)];
    expect([updated.userErrors.length === 0, disabled.userErrors.length === 0]).toEqual([allowed, allowed]);
    expect((await stored(on)).remark).toBe(allowed ? 'seen' : '');
  });

  it('does not let an admin make or promote admins', async () => {
    expect((await run(create, { input: { username: 'boss', password: 'a long password', role: 10 } }, admin)).userErrors).toEqual([{ code: 'NOT_ALLOWED', path: ['input', 'role'] }]);
    const someone = await app.user();
    expect((await run(update, { id: idOf(someone), input: { role: 10 } }, admin)).userErrors[0]).toMatchObject({ code: 'NOT_ALLOWED', path: ['input', 'role'] });
    expect((await run(update, { id: idOf(someone), input: { role: 10 } }, root)).user.role).toBe(10);
  });

  it('does not let root be disabled or demoted, not even by root', async () => {
    expect((await run(setStatus, { id: idOf(root), status: 'DISABLED' }, root)).userErrors[0].code).toBe('NOT_ALLOWED');
    expect((await run(update, { id: idOf(root), input: { role: 1 } }, root)).userErrors[0].code).toBe('NOT_ALLOWED');
    expect((await stored(root)).role).toBe(100);
  });

  it('says the same of an unknown user as of a deleted one', async () => {
    const gone = await app.user(), em = app.base.orm.em.fork();
    await em.nativeUpdate(User, gone.userId, { deletedAt: new Date() });
    expect(await run(update, { id: idOf(gone), input: {} }, admin)).toEqual(await run(update, { id: 'usr_999999', input: {} }, admin));
  });
});

describe('a change', () => {
  it('ends sessions and tells relays when it disables', async () => {
    const someone = await app.user(), em = app.base.orm.em.fork();
    await em.persist(em.create(Session, { keyHash: 'k'.repeat(64), userId: someone.userId, address: '', userAgent: '', createdAt: app.clock.now(), lastSeenAt: app.clock.now() })).flush();
    expect((await run(setStatus, { id: idOf(someone), status: 'DISABLED' }, admin)).user.status).toBe('DISABLED');
    expect(await em.count(Session, { userId: someone.userId, ended: false })).toBe(0);
    expect(await em.count(SnapshotChange, { kind: 'user', key: String(someone.userId) })).toBe(1);
  });

  it('notices a change by someone else', async () => {
    const someone = await app.user();
    const { user } = await run(update, { id: idOf(someone), input: { remark: 'one' } }, admin);
    expect((await run(update, { id: idOf(someone), input: { remark: 'two' }, v: Number(user.version) - 1 }, admin)).userErrors[0].code).toBe('CONFLICT');
  });

  it('takes a new own password only with the old one, and keeps this session', async () => {
    const me = await app.user({ passwordHash: await hashPassword('old password') });
    const change = (input: object) => run('mutation ($input: ViewerPatch!) { viewerUpdate(input: $input) { userErrors { code path } } }', { input }, me);
    expect((await change({ newPassword: 'new password' })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'currentPassword'] }]);
    expect((await change({ newPassword: 'short', currentPassword: 'old password' })).userErrors).toEqual([{ code: 'OUT_OF_RANGE', path: ['input', 'newPassword'] }]);
    expect((await change({ newPassword: 'new password', currentPassword: 'old password' })).userErrors).toEqual([]);
    expect(await isPassword('new password', (await stored(me)).passwordHash)).toBe(true);
  });
});

const setRole = 'mutation ($id: ID!, $role: Int!) { userSetRole(id: $id, role: $role) { user { role } userErrors { code message path } } }';
const remove = 'mutation ($id: ID!) { userDelete(id: $id) { deletedId user { deletedAt } userErrors { code message path } } }';
const session = async ({ userId }: Principal) => {
  const em = app.base.orm.em.fork();
  await em.persist(em.create(Session, { keyHash: hashOf(String(userId)), userId, address: '', userAgent: '', createdAt: app.clock.now(), lastSeenAt: app.clock.now() })).flush();
};
const hashOf = (text: string) => text.padStart(64, 's');
const sessionsOf = ({ userId }: Principal) => app.base.orm.em.fork().count(Session, { userId });

describe('roles and deletion', () => {
  it.each([
    { name: 'root promotes a user', actor: 'root', from: 1, to: 10, code: undefined },
    { name: 'root demotes an admin', actor: 'root', from: 10, to: 1, code: undefined },
    { name: 'root promotes an admin again', actor: 'root', from: 10, to: 10, code: 'NOT_ALLOWED' },
    { name: 'root makes a second root', actor: 'root', from: 1, to: 100, code: 'NOT_ALLOWED' },
    { name: 'root gives a role that does not exist', actor: 'root', from: 1, to: 5, code: 'NOT_ALLOWED' },
    { name: 'an admin promotes a user', actor: 'admin', from: 1, to: 10, code: 'NOT_ALLOWED' },
    { name: 'an admin demotes an admin', actor: 'admin', from: 10, to: 1, code: 'NOT_ALLOWED' },
    { name: 'an admin demotes a user again', actor: 'admin', from: 1, to: 1, code: 'NOT_ALLOWED' },
  ])('$name: $code', async ({ actor, from, to, code }) => {
    const someone = await app.user({ role: from });
    await session(someone);
    const { userErrors } = await run(setRole, { id: idOf(someone), role: to }, actor === 'root' ? root : admin);
    expect(userErrors.map((error: Data) => error.code)).toEqual(code ? [code] : []);
    expect([(await stored(someone)).role, await sessionsOf(someone)]).toEqual(code ? [from, 1] : [to, 0]);
  });

  it('deletes softly: sessions end, relays are told, the name stays taken, nobody finds them', async () => {
    const someone = await app.user({ username: 'leaver' }), em = app.base.orm.em.fork();
    await session(someone);
    expect(await run(remove, { id: idOf(someone) }, admin)).toEqual({ deletedId: idOf(someone), user: { deletedAt: app.clock.now().toISOString() }, userErrors: [] });
    expect([await sessionsOf(someone), await em.count(SnapshotChange, { kind: 'user', key: String(someone.userId) }), (await stored(someone)).accessTokenHash]).toEqual([0, 1, null]);
    expect((await app.query('query ($id: ID!) { user(id: $id) { id } }', { id: idOf(someone) }, admin)).data).toEqual({ user: null });
    expect((await run(remove, { id: idOf(someone) }, admin)).userErrors[0].code).toBe('NOT_FOUND');
    expect((await run(create, { input: { username: 'leaver', password: 'a long password' } }, admin)).userErrors).toEqual([{ code: 'TAKEN', path: ['input', 'username'] }]);
    const names = async (includeDeleted: boolean) => (await run('query ($filter: UserFilter) { users(filter: $filter) { nodes { username } } }', { filter: { username: 'leave', includeDeleted } }, admin)).nodes.map(({ username }: Data) => username);
    expect([await names(false), await names(true)]).toEqual([[], ['leaver']]);
  });

  it.each([{ actor: 'admin', target: 'another admin' }, { actor: 'admin', target: 'root' }, { actor: 'root', target: 'root' }] as const)('does not let $actor delete $target', async ({ actor, target }) => {
    const on = target === 'root' ? root : await app.user({ role: 10 });
    expect((await run(remove, { id: idOf(on) }, actor === 'root' ? root : admin)).userErrors[0].code).toBe('NOT_ALLOWED');
    expect((await stored(on)).deletedAt).toBeNull();
  });

  it('lets everybody but root close their own account', async () => {
    const close = (as: Principal) => run('mutation { viewerDelete { ok userErrors { code } } }', {}, as), me = await app.user();
    expect(await close(me)).toEqual({ ok: true, userErrors: [] });
    expect((await stored(me)).deletedAt).toEqual(app.clock.now());
    expect(await close(root)).toEqual({ ok: false, userErrors: [{ code: 'NOT_ALLOWED' }] });
  });
});

describe('a balance that is set with the user', () => {
  const statement = async ({ userId }: Principal) => (await run('query ($filter: LedgerFilter) { ledger(filter: $filter) { nodes { delta balanceAfter reason actorId } } }', { filter: { userId: `usr_${userId}` } }, admin)).nodes as Data[];

  it('is a posted difference with a row in the log, and nothing when it is what it was', async () => {
    const someone = await app.user();
    for (const quota of ['900', '900', '-50']) expect((await run(update, { id: idOf(someone), input: { quota } }, admin)).userErrors).toEqual([]);
    expect(await statement(someone)).toEqual([
      { delta: '-950', balanceAfter: '-50', reason: 'Set with the user', actorId: admin.userId }, { delta: '900', balanceAfter: '900', reason: 'Set with the user', actorId: admin.userId },
    ]);
    expect(await sqlOf(app.base.orm.em.fork())('select type from log where user_id = $1', [someone.userId])).toEqual([{ type: 3 }, { type: 3 }]);
  });

  it('moves nothing when the rest of the form is refused, and nobody moves an equal\'s', async () => {
    const [someone, other] = [await app.user(), await app.user({ role: 10 })];
    expect((await run(update, { id: idOf(someone), input: { quota: '5', group: 'nowhere' } }, admin)).userErrors[0].code).toBe('NOT_FOUND');
    expect((await run(update, { id: idOf(someone), input: { quota: '9007199254740991' } }, admin)).userErrors[0]).toMatchObject({ code: 'OUT_OF_RANGE', path: ['input', 'quota'] });
    expect((await run(update, { id: idOf(other), input: { quota: '5' } }, admin)).userErrors[0].code).toBe('NOT_ALLOWED');
    expect([await statement(someone), await statement(other)]).toEqual([[], []]);
  });
});

it('gives one of two changes at the same moment a conflict, not a fault', async () => {
  const someone = await app.user();
  const answers = await Promise.all(['one', 'two', 'three', 'four'].map((displayName) => run(update, { id: idOf(someone), input: { displayName } }, admin)));
  for (const { userErrors } of answers) expect(userErrors.map(({ code }: Data) => code).filter((code: string) => code !== 'CONFLICT')).toEqual([]);
  expect(answers.some(({ userErrors }) => userErrors.length === 0)).toBe(true);
});

describe('the list', () => {
  it('searches, filters and reads all balances in one query', async () => {
    const app2 = await startTestApp(), chief = await app2.user({ username: 'chief', role: 10 });
    for (let count = 0; count < 5; count++) await app2.user({ username: `member_${count}`, group: 'vip' });
    const credit = { account: 'user:3', counter: 'system:adjustment', kind: LedgerKind.ADJUSTMENT, amount: 42n, reference: 'test' } as const;
    await new LedgerService(app2.clock).credit(app2.base.orm.em.fork(), credit);
    const ask = (filter: object) => app2.query('query ($filter: UserFilter) { users(filter: $filter) { nodes { username quota remark } totalCount { value } } }', { filter }, chief);
    let answer: Data | null | undefined;
    const queries = await app2.countQueries(async () => { answer = (await ask({ groups: ['vip'] })).data; });
    expect(queries).toBe(6);                             // rows and balances; the count in a transaction of its own, which bounds its time: four
    expect(answer!.users.totalCount.value).toBe('5');
    expect(answer!.users.nodes.find(({ username }: { username: string }) => username === 'member_1')).toEqual({ username: 'member_1', quota: '42', remark: '' });
    expect((await ask({ search: 'member_' })).data!.users.nodes).toHaveLength(5);
    expect((await ask({ search: 'memberX' })).data!.users.nodes).toHaveLength(0);
    expect((await ask({ search: '1' })).data!.users.nodes.map(({ username }: { username: string }) => username)).toEqual(['member_1', 'chief']);
    await app2.stop();
  });
});

describe('signing somebody out everywhere', () => {
  const revoke = 'mutation ($id: ID!) { userSessionsRevoke(id: $id) { ok userErrors { code } } }';
  const sessions = ({ userId }: Principal) => app.base.orm.em.fork().count(Session, { userId });

  it('ends every session, but for the one that asks', async () => {
    const user = await app.user();
    for (const one of [user, user, root]) await beginSession(await app.context(one), one.userId);
    const own = await beginSession(await app.context(root), root.userId);
    expect(await run(revoke, { id: idOf(user) }, admin)).toEqual({ ok: true, userErrors: [] });
    expect(await run(revoke, { id: idOf(root) }, { ...root, sessionId: own.id })).toEqual({ ok: true, userErrors: [] });
    expect([await sessions(user), await sessions(root)]).toEqual([0, 1]);
  });

  it('is nothing that an admin does to root', async () => {
    expect(await run(revoke, { id: idOf(root) }, admin)).toEqual({ ok: false, userErrors: [{ code: 'NOT_ALLOWED' }] });
    expect(await sessions(root)).toBe(1);
  });
});
