import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAdmin } from '../../../../scripts/testing/database.ts';
import { sqlOf } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { restCaller } from '../../testing/rest-caller.ts';
import { verifyChain } from './verify-chain.ts';

let app: TestApp;
let admin: Principal, root: Principal;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user({ role: 10 });
  root = await app.user({ role: 100 });
});
afterAll(() => app.stop());

const fields = 'id actorId actorName via route action targets ip requestId arguments changes { table row before after } changedRows ok code';

async function events(filter: object, as = root): Promise<Data[]> {
  const { data, errors } = await app.query(`query ($filter: AuditFilter) { auditEvents(first: 100, filter: $filter) { nodes { ${fields} } } }`, { filter }, as);
  expect(errors).toBeUndefined();
  return data!.auditEvents.nodes as Data[];
}

const createUser = 'mutation ($input: UserCreateInput!) { userCreate(input: $input) { user { id } userErrors { code } } }';

describe('an event', () => {
  it('says who did what to which row, and what differs, without secrets', async () => {
    const { data } = await app.query(createUser, { input: { username: 'watched', password: 'correct horse 1' } }, admin);
    const { id } = data!.userCreate.user;
    await app.query('mutation ($id: ID!, $input: UserPatch!) { userUpdate(id: $id, input: $input) { userErrors { code } } }', { id, input: { displayName: 'Seen', password: 'battery staple 2' } }, admin);
    const [updated, created] = await events({ target: id });
    expect(created).toMatchObject({ action: 'userCreate', actorName: admin.username, via: 'access-token', route: null, ip: '127.0.0.1', ok: true, arguments: { input: { username: 'watched', password: '***' } } });
    expect(created!.changes).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'user_account', before: null, after: expect.objectContaining({ username: 'watched', password_hash: '***' }) })]));
    const change = (updated!.changes as Data[]).find(({ table }) => table === 'user_account')!;
    expect(change).toMatchObject({ before: { display_name: 'watched', password_hash: '***' }, after: { display_name: 'Seen', password_hash: '***' } });
    expect(change.after).not.toHaveProperty('username');
  });

  it('is written for a refusal, with its code and no changes', async () => {
    await app.query(createUser, { input: { username: 'no spaces allowed', password: 'correct horse 1' } }, admin);
    const [refused] = await events({ ok: false, actions: ['userCreate'] });
    expect(refused).toMatchObject({ ok: false, code: 'INVALID', changedRows: 0, changes: [] });
  });

  it('is written when somebody fails to sign in, who is nobody then', async () => {
    await app.query('mutation ($input: LoginInput!) { sessionCreate(input: $input) { userErrors { code } } }', { input: { username: 'mallory', password: 'guess guess guess' } });
    const [failed] = await events({ actions: ['sessionCreate'] });
    expect(failed).toMatchObject({ actorId: null, actorName: '', via: 'none', ok: false, arguments: { input: { username: 'mallory', password: '***' } } });
  });

  it('names the REST route', async () => {
    const caller = await restCaller(app, { role: 1 });
    const { body } = await caller.call('POST', '/api/token/', { name: 'by rest', unlimited_quota: true });
    expect(body).toMatchObject({ success: true });
    const [created] = await events({ actions: ['tokenCreate'] });
    expect(created).toMatchObject({ route: 'POST /api/token/', actorName: caller.principal.username });
    expect(JSON.stringify(created)).not.toContain(String(body.data.key).slice(3, 20));
  });

  it('hides the value of a setting that is a secret, and shows the others', async () => {
    const set = (key: string, value: string) => app.query('mutation ($input: [OptionInput!]!) { optionsUpdate(input: $input) { userErrors { code message } } }', { input: [{ key, value }] }, root);
    await set('SystemName', 'Audited');
    const [event] = await events({ actions: ['optionsUpdate'] });
    expect(event).toMatchObject({ targets: ['site_option:SystemName'], arguments: { input: [{ key: 'SystemName', value: 'Audited' }] }, changes: [{ after: { value: 'Audited' } }] });
  });

  it('is one for a bulk change, with its rows', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const { data } = await app.query('mutation ($input: TokenCreateInput!) { tokenCreate(input: $input) { token { id } } }', { input: { name, unlimited: true } }, admin);
      ids.push(data!.tokenCreate.token.id as string);
    }
    await app.query('mutation ($ids: [ID!]!) { tokenBulkDelete(ids: $ids) { deleted } }', { ids }, admin);
    const found = await events({ actions: ['tokenBulkDelete'] });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ changedRows: 3, targets: ids });
  });
});

describe('the audit log', () => {
  it('is not written when the change is rolled back', async () => {
    const sql = sqlOf(app.base.orm.em.fork());
    await sql(`create function refuse_all() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
    await sql('create trigger refuse_all after insert on snapshot_change for each row execute function refuse_all()');
    const { errors } = await app.query(createUser, { input: { username: 'undone', password: 'correct horse 1' } }, admin);
    await sql('drop function refuse_all cascade');
    expect(errors).toHaveLength(1);
    const [event] = await events({ actions: ['userCreate'] });
    expect(event).toMatchObject({ ok: false, code: 'INTERNAL', changedRows: 0 });
  });

  it('records who reads it', async () => {
    await events({ actions: ['nothing of that name'] }, admin);
    expect((await events({ actions: ['auditEvents'] }))[0]).toMatchObject({ actorName: admin.username, arguments: { filter: { actions: ['nothing of that name'] } } });
  });

  it('shows a user what they did, and nothing else', async () => {
    const user = await app.user();
    await app.query('mutation { accessTokenRotate { accessToken } }', {}, user);
    const { data } = await app.query('{ viewer { auditEvents { nodes { action actorName } totalCount { value } } } }', {}, user);
    expect(data!.viewer.auditEvents).toEqual({ nodes: [{ action: 'accessTokenRotate', actorName: user.username }], totalCount: { value: '1' } });
  });

  it('cannot be changed', async () => {
    const sql = sqlOf(app.base.orm.em.fork());
    for (const statement of ['update audit_event set ok = true', 'delete from audit_event', 'truncate audit_event']) await expect(sql(statement)).rejects.toThrow('append only');
  });

  it('is a chain that shows a row which somebody changed in spite of that', async () => {
    const sql = sqlOf(app.base.orm.em.fork());
    const whole = await verifyChain(sql);
    expect(whole).toEqual({ events: expect.any(Number), brokenAt: undefined });
    const [row] = await sql<{ id: number }>('select id::int from audit_event order by id offset 2 limit 1');
    await withAdmin(app.base.config.databaseUrl, async (admin) => {
      await admin('alter table audit_event disable trigger user');
      await admin(`update audit_event set actor_name = 'someone else' where id = ${row!.id}`);
    });
    expect((await verifyChain(sql)).brokenAt).toBe(row!.id);
  });
});
