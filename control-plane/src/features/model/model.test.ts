import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlOf, type Sql } from '../../database/sql.ts';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { Channel, ChannelStatus } from '../channel/channel.entity.ts';

let app: TestApp, sql: Sql, admin: Principal, plain: Principal;
beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  [admin, plain] = [await app.user({ role: 10 }), await app.user()];
  const em = app.base.orm.em.fork();
  const add = (id: number, models: string[], over: Data = {}) => em.persist(em.create(Channel, { id, name: `c${id}`, type: 1, models, groups: ['default'], createdAt: app.clock.now(), ...over }));
  add(1, ['gpt-4o', 'gpt-4o-mini']);
  add(2, ['gpt-4o', 'own-model'], { groups: ['vip'] });
  add(3, ['off-model'], { status: ChannelStatus.DISABLED });
  await em.flush();
});
afterAll(() => app.stop());
beforeEach(() => sql('truncate model_meta, vendor restart identity cascade'));

async function run(document: string, variables: Data = {}, as = admin): Promise<Data> {
  const { data, errors } = await app.query(document, variables, as);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data!)[0] as Data;
}
const fields = 'model { id name nameRule description tags vendor { name } endpoints enabled syncOfficial version } userErrors { code path }';
const create = (input: Data) => run(`mutation ($input: ModelPatch!) { modelCreate(input: $input) { ${fields} } }`, { input });
const update = (id: string, input: Data, expectedVersion?: string) => run(`mutation ($id: ID!, $input: ModelPatch!, $v: Int64) { modelUpdate(id: $id, input: $input, expectedVersion: $v) { ${fields} } }`, { id, input, v: expectedVersion });
const vendor = async (name: string) => (await run('mutation ($input: VendorPatch!) { vendorCreate(input: $input) { vendor { id } } }', { input: { name } })).vendor.id as string;

describe('a row of metadata', () => {
  it('is made, changed and deleted', async () => {
    const { model } = await create({ name: ' gpt-4o ', description: 'all of it', tags: ['chat', ' vision ', 'chat'], vendorId: await vendor('OpenAI'), endpoints: '["openai"]' });
    expect(model).toEqual({ id: 'mdl_1', name: 'gpt-4o', nameRule: 'EXACT', description: 'all of it', tags: ['chat', 'vision'], vendor: { name: 'OpenAI' }, endpoints: '["openai"]', enabled: true, syncOfficial: true, version: '1' });
    expect((await update(model.id, { enabled: false, vendorId: null, tags: null }, '1')).model).toMatchObject({ enabled: false, vendor: null, tags: [], description: 'all of it', version: '2' });
    expect(await run('mutation { modelDelete(id: "mdl_1") { deletedId userErrors { code } } }')).toEqual({ deletedId: 'mdl_1', userErrors: [] });
    expect((await run('mutation { modelDelete(id: "mdl_1") { userErrors { code } } }')).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('has a name of its own, also when two are made at once', async () => {
    const answers = await Promise.all([create({ name: 'twice' }), create({ name: 'twice' })]);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'TAKEN', path: ['input', 'name'] }]);
    await create({ name: 'other' });
    expect((await update('mdl_1', { name: 'other' })).userErrors.concat((await update('mdl_2', { name: 'other' })).userErrors)).toContainEqual({ code: 'TAKEN', path: ['input', 'name'] });
  });

  it.each([
    { name: 'no name', input: {}, code: 'REQUIRED', at: 'name' }, { name: 'an empty name', input: { name: ' ' }, code: 'REQUIRED', at: 'name' }, { name: 'a long name', input: { name: 'x'.repeat(129) }, code: 'TOO_LONG', at: 'name' },
    { name: 'many tags', input: { name: 'a', tags: Array.from({ length: 200 }, (_, index) => `t${index}`) }, code: 'TOO_LONG', at: 'tags' }, { name: 'a tag with a comma', input: { name: 'a', tags: ['a,b'] }, code: 'INVALID', at: 'tags' },
    { name: 'endpoints that are none', input: { name: 'a', endpoints: 'openai' }, code: 'INVALID', at: 'endpoints' }, { name: 'an unknown vendor', input: { name: 'a', vendorId: '99' }, code: 'NOT_FOUND', at: 'vendorId' },
  ])('is refused with $name', async ({ input, code, at }) => expect(await create(input)).toEqual({ model: null, userErrors: [{ code, path: ['input', at] }] }));

  it('is not changed by who saw an older version, and not when it is gone', async () => {
    await create({ name: 'kept' });
    expect((await update('mdl_1', { icon: 'x' }, '7')).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await update('mdl_9', { icon: 'x' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('stays without its vendor when that goes', async () => {
    const id = await vendor('Gone');
    await create({ name: 'orphan', vendorId: id });
    await run('mutation ($id: ID!) { vendorDelete(id: $id) { deletedId } }', { id });
    expect((await run('{ model(id: "1") { vendor { name } } }')).vendor).toBeNull();
  });
});

describe('what a row stands for', () => {
  it('are models of enabled channels, by its rule', async () => {
    await create({ name: 'gpt-4o', nameRule: 'PREFIX' });
    expect(await run('{ model(id: "1") { matchedModels groups priceModes channels { id name type } } }')).toEqual({
      matchedModels: ['gpt-4o', 'gpt-4o-mini'], groups: ['default', 'vip'], priceModes: ['RATIO'], channels: [{ id: 'ch_1', name: 'c1', type: 1 }, { id: 'ch_2', name: 'c2', type: 1 }],
    });
  });

  it('is nothing for a model that nobody serves', async () => {
    await create({ name: 'off-model' });
    expect(await run('{ model(id: "1") { matchedModels groups channels { id } } }')).toEqual({ matchedModels: [], groups: [], channels: [] });
  });

  it('leaves the others missing', async () => {
    expect(await run('{ missingModels }')).toEqual(['gpt-4o', 'gpt-4o-mini', 'own-model']);
    await create({ name: 'gpt', nameRule: 'CONTAINS', enabled: false });
    expect(await run('{ missingModels }')).toEqual(['own-model']);
  });
});

describe('lists', () => {
  it('search names, descriptions, tags and vendors', async () => {
    const acme = await vendor('Acme');
    for (const input of [{ name: 'alpha', description: 'first' }, { name: 'beta', tags: ['fast'] }, { name: 'gamma', vendorId: acme, enabled: false }]) await create(input);
    const find = async (filter: Data) => (await run('query ($filter: ModelFilter) { models(filter: $filter) { nodes { name } } }', { filter })).nodes.map(({ name }: Data) => name);
    expect(await Promise.all([find({}), find({ search: 'FIRST' }), find({ search: 'fas' }), find({ search: 'amm' }), find({ vendor: 'acm' }), find({ vendor: acme }), find({ tags: ['fast', 'x'] }), find({ enabled: false })]))
      .toEqual([['gamma', 'beta', 'alpha'], ['alpha'], ['beta'], ['gamma'], ['gamma'], ['gamma'], ['beta'], ['gamma']]);
    expect((await run('{ models(first: 1) { vendorCounts { key count } totalCount { value } } }'))).toEqual({ vendorCounts: [{ key: '1', count: 1 }], totalCount: { value: '3' } });
  });

  it('ask the database a few times, however many rows there are', async () => {
    const acme = await vendor('Acme');
    for (let count = 0; count < 10; count++) await create({ name: `m${count}`, vendorId: acme });
    await create({ name: 'gpt', nameRule: 'PREFIX' });
    const list = () => run('{ models { nodes { name vendor { name } matchedModels groups channels { name } } vendorCounts { key } totalCount { value } } }');
    await list();                                        // what is served is read anew after a change
    const queries = await app.countQueries(list);
    expect(queries).toBeLessThanOrEqual(9);
  });
});

it('is for admins', async () => {
  for (const document of ['{ models { nodes { id } } }', '{ missingModels }', '{ vendors { nodes { id } } }', '{ prefillGroups { id } }', 'mutation { modelCreate(input: {}) { userErrors { code } } }'])
    expect((await app.query(document, {}, plain)).errors![0]!.extensions!.code).toBe('FORBIDDEN');
});
