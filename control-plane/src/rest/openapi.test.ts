import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../testing/contract/endpoints.ts';
import { openWorld, type World } from '../testing/contract/world.ts';
import type { Data } from '../testing/test-app.ts';

let world: World, document: Data;
beforeAll(async () => {
  world = await openWorld();
  document = (await world.call('GET', { as: 'user', path: '/api/openapi.json' })).body;
});
afterAll(() => world.app.stop());

const operations = () => Object.entries(document.paths as Record<string, Record<string, Data>>).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })));
const at = (method: string, path: string): Data => document.paths[path][method];
const bodyOf = (operation: Data): Data => operation.requestBody.content['application/json'].schema;
const dataOf = (operation: Data): Data => operation.responses[200].content['application/json'].schema.properties.data;

describe('/api/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('has every endpoint of the contract, in one spelling', () => {
    const spelled = (method: string, path: string) => `${method} ${path.replace(/\/$/, '').replace(/\{\w+\}/g, '{}')}`.toLowerCase();
    const known = new Set(operations().map(({ method, path }) => spelled(method, path)));
    expect(endpoints.map(({ method, path }) => spelled(method, path)).filter((one) => !known.has(one))).toEqual([]);
  });

  it('names each operation once, and its answer', () => {
    const ids = operations().map(({ operation }) => operation.operationId as string);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const { operation, path } of operations()) expect([path, Object.keys(operation.responses).length > 0]).toEqual([path, true]);
  });

  it('knows every member of the contract\'s bodies and every word of its queries', () => {
    const unknown = endpoints.filter(({ auth }) => auth !== 'webhook').flatMap(({ method, path, body, query }) => {
      const operation = operations().filter((one) => one.method === method.toLowerCase() && [path, `${path}/`].includes(one.path)).at(0)!.operation;
      const schema = operation.requestBody ? bodyOf(operation) : {}, words = new Set((operation.parameters as Data[]).map(({ name }) => name as string));
      const has = (name: string) => name.split('.').reduce<Data | undefined>((inside, one) => inside?.properties?.[one.replace('[]', '')] as Data | undefined, schema) !== undefined || schema.additionalProperties === true;
      return [...body.fields.filter(({ name }) => /^\w+$/.test(name) && !has(name)).map(({ name }) => `${method} ${path} ${name}`), ...query.filter(({ name }) => !words.has(name)).map(({ name }) => `${method} ${path} ?${name}`)];
    });
    // Nothing reads these: a code that no provider here knows, and what Linux DO says of a sign-in that was called off.
    expect(unknown).toEqual(['GET /api/oauth/linuxdo ?error', 'GET /api/oauth/linuxdo ?error_description', 'POST /api/user/amount top_up_code', 'POST /api/user/pay top_up_code']);
  });

  it.each([
    { method: 'post', path: '/api/user/', body: { properties: { username: { type: 'string' }, quota: { type: 'integer' }, display_name: { type: 'string' } }, required: ['username', 'password'] } },
    { method: 'post', path: '/api/channel/', body: { properties: { channel: { properties: { name: { type: 'string' } } }, models: { type: 'string' } } } },
    { method: 'put', path: '/api/token/', body: { properties: { id: { type: 'integer' }, allow_ips: { type: 'string' } }, required: ['id'] } },
  ])('says what $method $path takes', ({ method, path, body }) => expect(bodyOf(at(method, path))).toMatchObject(body));

  it.each([
    { path: '/api/user/self', data: { id: { type: 'integer' }, username: { type: 'string' }, quota: { type: 'integer' } } },
    { path: '/api/token/', data: { page: { type: 'integer' }, items: { type: 'array', items: { type: 'object' } } } },
    { path: '/api/log/stat', data: { quota: { type: 'integer' }, rpm: { type: 'integer' } } },
  ])('says what $path answers', ({ path, data }) => expect(dataOf(at('get', path)).properties).toMatchObject(data));

  it('can be pinned by its hash, and is not for strangers', async () => {
    const { headers, status } = await world.call('GET', { as: 'user', path: '/api/openapi.json' });
    expect([status, headers.etag]).toEqual([200, expect.stringMatching(/^"[0-9a-f]{32}"$/)]);
    expect((await world.call('GET', { as: 'user', path: '/api/openapi.json', headers: { 'if-none-match': headers.etag! } })).status).toBe(304);
    for (const path of ['/api/openapi.json', '/api/docs']) expect((await world.call('GET', { path })).status).toBe(401);
  });
});

it('/api/docs is the same for people', async () => {
  const { text } = await world.call('GET', { as: 'user', path: '/api/docs' });
  for (const { path } of operations()) expect(text).toContain(`<code>${path}</code>`);
  expect(text).toContain('{success: boolean, message: string, data: {page: integer');
  expect(text).not.toMatch(/<script|undefined|\[object/i);
});
