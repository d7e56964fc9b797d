import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../../database/sql.ts';
import type { Principal } from '../../../kernel/context.ts';
import { restCaller } from '../../../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../../../testing/test-app.ts';
import { Channel } from '../../channel/channel.entity.ts';

const files: Record<string, string> = {};
const models = (...list: unknown[]) => { files['/en/models.json'] = JSON.stringify({ success: true, data: list }); };
let server: Server, base: string, app: TestApp, sql: Sql, admin: Principal, root: Principal;

beforeAll(async () => {
  server = createServer((request, response) => { const file = files[request.url!]; response.writeHead(file === undefined ? 404 : 200).end(file); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await startTestApp({ WEIR_UPSTREAM_ALLOW: '127.0.0.0/8' });
  sql = sqlOf(app.base.orm.em.fork());
  [admin, root] = [await app.user({ role: 10 }), await app.user({ role: 100 })];
  const em = app.base.orm.em.fork();
  em.persist(em.create(Channel, { name: 'c', type: 1, models: ['gpt-4o', 'known', 'unknown'], groups: ['default'], createdAt: app.clock.now() }));
  await em.flush();
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.stop();
});
const setUrl = async (value: string) => app.query('mutation ($v: String!) { optionsUpdate(input: [{ key: "model_sync.url", value: $v }]) { userErrors { message } } }', { v: value }, root);
beforeEach(async () => {
  await sql('truncate model_meta, vendor restart identity cascade');
  await setUrl(`${base}/{locale}`);
  models({ model_name: 'gpt-4o', description: 'Omni', icon: 'OpenAI', tags: 'chat, vision', vendor_name: 'OpenAI', name_rule: 0, status: 1, endpoints: '["openai"]' },
    { model_name: 'known', vendor_name: 'Nobody', name_rule: 1 }, { model_name: 'elsewhere' }, { model_name: '' }, 'junk', { model_name: 'gpt-4o-extra', name_rule: 9 });
  files['/en/vendors.json'] = JSON.stringify([{ name: 'OpenAI', description: 'a lab', icon: 'openai.svg' }, {}]);
});

const source = () => ({ locale: 'en', modelsUrl: `${base}/en/models.json`, vendorsUrl: `${base}/en/vendors.json` });
const preview = async (): Promise<Data> => (await app.query('{ modelSyncPreview { missing conflicts { model fields { field local upstream } } source { locale modelsUrl vendorsUrl } userErrors { code message } } }', {}, admin)).data!.modelSyncPreview;
const sync = async (input: Data = {}): Promise<Data> =>
  (await app.query('mutation ($input: ModelSyncInput!) { modelSync(input: $input) { created updated skipped createdVendors source { locale } userErrors { code message path } } }', { input }, admin)).data!.modelSync;

describe('a sync with the catalogue', () => {
  it('makes rows for served models that have none, and vendors for them', async () => {
    expect(await preview()).toEqual({ missing: ['gpt-4o', 'known'], conflicts: [], source: source(), userErrors: [] });
    expect(await sync()).toEqual({ created: ['gpt-4o', 'known'], updated: [], skipped: ['unknown'], createdVendors: 2, source: { locale: 'en' }, userErrors: [] });
    expect(await sql(`select m.name, name_rule, m.description, tags, v.name as vendor, v.description as lab, endpoints from model_meta m join vendor v on v.id = vendor_id order by m.id`)).toEqual([
      { name: 'gpt-4o', name_rule: 'EXACT', description: 'Omni', tags: ['chat', 'vision'], vendor: 'OpenAI', lab: 'a lab', endpoints: '["openai"]' },
      { name: 'known', name_rule: 'PREFIX', description: '', tags: [], vendor: 'Nobody', lab: '', endpoints: '' },
    ]);
    expect(await sync()).toMatchObject({ created: [], createdVendors: 0 });
  });

  it('tells what differs, and takes over what is named', async () => {
    await sync();
    await sql(`update model_meta set description = 'own', tags = '{}', vendor_id = null, enabled = false where name = 'gpt-4o'`);
    const { conflicts } = await preview();
    expect(conflicts).toEqual([{ model: 'gpt-4o', fields: [
      { field: 'description', local: 'own', upstream: 'Omni' }, { field: 'tags', local: '', upstream: 'chat,vision' }, { field: 'vendor', local: '', upstream: 'OpenAI' }, { field: 'status', local: '0', upstream: '1' },
    ] }]);
    expect(await sync({ overwrite: [{ modelName: 'gpt-4o', fields: ['tags', 'vendor', 'status'] }] })).toMatchObject({ updated: ['gpt-4o'] });
    expect(await sql(`select description, tags, vendor_id, enabled, version from model_meta where name = 'gpt-4o'`)).toEqual([{ description: 'own', tags: ['chat', 'vision'], vendor_id: 1, enabled: true, version: 2 }]);
  });

  it('leaves rows alone that are not synced', async () => {
    await sql(`insert into model_meta (name, description, sync_official, created_at, updated_at) values ('gpt-4o', 'own', false, now(), now())`);
    expect((await preview()).conflicts).toEqual([]);
    expect(await sync({ overwrite: [{ modelName: 'gpt-4o', fields: ['description'] }, { modelName: 'nowhere', fields: [] }] })).toMatchObject({ updated: [], skipped: ['unknown', 'gpt-4o', 'nowhere'] });
  });

  it.each([
    { name: 'no address', arrange: () => setUrl(''), message: /option model_sync\.url/ },
    { name: 'an address that nobody may reach', arrange: () => setUrl('http://10.1.2.3'), message: /models\.json: denied/ },
    { name: 'a file that is missing', arrange: async () => { delete files['/en/vendors.json']; }, message: /vendors\.json: status 404/ },
    { name: 'a file that is no list', arrange: async () => { files['/en/models.json'] = '{"data": 1}'; }, message: /models\.json: not a list/ },
    { name: 'a file that is no JSON', arrange: async () => { files['/en/models.json'] = '<html>'; }, message: /models\.json: not a list/ },
  ])('writes nothing for $name, and says so', async ({ arrange, message }) => {
    await arrange();
    for (const { userErrors } of [await preview(), await sync()]) expect(userErrors).toEqual([expect.objectContaining({ code: 'UPSTREAM_FAILED', message: expect.stringMatching(message) as string })]);
    expect(await sql('select from model_meta')).toEqual([]);
  });

  it('refuses fields that there are none of', async () => {
    expect((await sync({ overwrite: [{ modelName: 'gpt-4o', fields: ['id'] }] })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'overwrite', '0', 'fields'] }]);
  });
});

it('answers over REST as new-api clients know it', async () => {
  const rest = await restCaller(app, { role: 10 });
  const from = { locale: 'en', models_url: source().modelsUrl, vendors_url: source().vendorsUrl };
  await sql(`insert into model_meta (name, name_rule, description, created_at, updated_at) values ('known', 'EXACT', 'own', now(), now())`);
  expect((await rest.call('GET', '/api/models/sync_upstream/preview?locale=en')).body).toEqual({ success: true, message: '', data: {
    missing: ['gpt-4o'], source: from,
    conflicts: [{ model_name: 'known', fields: [{ field: 'description', local: 'own', upstream: '' }, { field: 'vendor', local: '', upstream: 'Nobody' }, { field: 'name_rule', local: 0, upstream: 1 }] }],
  } });
  expect((await rest.call('POST', '/api/models/sync_upstream', { overwrite: [{ model_name: 'known', fields: ['name_rule'], other: 1 }], locale: 'en' })).body).toEqual({ success: true, message: '', data: {
    created_models: 1, created_vendors: 1, updated_models: 1, skipped_models: ['unknown'], created_list: ['gpt-4o'], updated_list: ['known'], source: from,
  } });
  expect((await rest.call('POST', '/api/models/sync_upstream')).body.data).toMatchObject({ created_models: 0 });
  expect((await rest.call('GET', '/api/models/sync_upstream/preview?locale=fr')).status).toBe(400);
  expect((await rest.call('POST', '/api/models/sync_upstream', { overwrite: 'all' })).status).toBe(400);
  await setUrl('');
  const { status, body } = await rest.call('POST', '/api/models/sync_upstream', {});
  expect([status, body.success, body.message]).toEqual([200, false, 'The catalogue could not be read: option model_sync.url']);
});
