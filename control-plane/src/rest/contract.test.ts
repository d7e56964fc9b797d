/**
 * The compatible API against the contract's table: who may call each endpoint, and the exact keys and kinds of its answers.
 * An endpoint that is not served is named in the report; one that is served and wrong fails.
 */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elsewhere, successCases } from '../testing/contract/cases/cases.ts';
import { endpoints, type Endpoint, type Level } from '../testing/contract/endpoints.ts';
import { readRoutes } from './route.ts';
import { compare } from '../testing/contract/shape.ts';
import { openWorld, type Call, type Told, type Who, type World } from '../testing/contract/world.ts';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.app.stop());

const least: Record<Level, Who> = { public: 'nobody', 'optional-user': 'nobody', user: 'user', admin: 'admin', root: 'root', token: 'token', webhook: 'nobody' };
const ranks: Record<Who, number> = { nobody: 0, token: 0, user: 1, admin: 10, root: 100 };
const needed: Partial<Record<Level, number>> = { user: 1, admin: 10, root: 100 };

const somePath = ({ path }: Endpoint): string => path.replace(/\{\w+\}/g, '999999');

/** The same path in any spelling, but for the two that the contract tells apart by their last character. */
const spelling = (method: string, path: string): string =>
  `${method} ${(/^\/api\/models\/?$/.test(path) && method === 'GET' ? path : path.replace(/\/$/, '')).replace(/\{\w+\}/g, '{}')}`;

const served = new Set<string>();
beforeAll(async () => {
  const routes = new Set([...readRoutes(world.app.schema), ...world.app.services.rawRoutes].map(({ method, path }) => spelling(method, path)));
  for (const { id, method, path } of endpoints) if (routes.has(spelling(method, path))) served.add(id);
  const missing = endpoints.filter(({ id }) => !served.has(id)).map(({ method, path }) => `${method} ${path}`);
  console.log(`contract: ${served.size} of ${endpoints.length} management endpoints${missing.length ? `; not yet: ${missing.join(', ')}` : ''}`);
});

/** @param beside what else the refusal may hold */
const isFailure = (body: Told['body'], beside: readonly string[] = []): string[] => [
  ...(body.success === false ? [] : ['success is not false']),
  ...(typeof body.message === 'string' && body.message !== '' ? [] : ['message is not a sentence']),
  ...(body.code === undefined || typeof body.code === 'string' ? [] : ['code is not a word']),
  ...Object.keys(body).filter((name) => !['success', 'message', 'code', ...beside].includes(name)).map((name) => `${name} is in a failure`),
];

describe('who may not call is told so, with the status and the shape of a refusal', () => {
  const guarded = endpoints.filter(({ auth }) => auth in needed || auth === 'token');
  it.each(guarded)('$method $path', async (endpoint) => {
    if (!served.has(endpoint.id)) return;
    const { auth, method } = endpoint, rank = needed[auth];
    const denied = (['nobody', 'token', 'user', 'admin', 'root'] as const).filter((who) => (rank === undefined ? who !== 'token' : ranks[who] < rank));
    for (const who of denied) {
      const told = await world.call(method, { as: who, path: somePath(endpoint), ...(method !== 'GET' && { body: {} }) });
      expect([who, told.status, isFailure(told.body, auth === 'token' ? ['error'] : [])]).toEqual([who, rank !== undefined && ranks[who] > 0 ? 403 : 401, []]);
    }
  });

  it.each(endpoints.filter(({ auth }) => auth in needed))('$method $path without or with a wrong New-Api-User', async (endpoint) => {
    if (!served.has(endpoint.id)) return;
    for (const header of [undefined, '999999']) {
      const { 'new-api-user': _id, ...headers } = world.people[least[endpoint.auth] as 'user'].headers;
      const told = await world.call(endpoint.method, { path: somePath(endpoint), headers: { ...headers, ...(header && { 'new-api-user': header }) } });
      expect([told.status, isFailure(told.body)]).toEqual([401, []]);
    }
  });
});

describe('who asks for something that is not there, or wrongly, is told so', () => {
  it.each(endpoints.filter(({ path }) => path.includes('{id}')))('$method $path', async (endpoint) => {
    if (!served.has(endpoint.id)) return;
    const as = least[endpoint.auth], body = endpoint.method === 'GET' ? undefined : {};
    const malformed = await world.call(endpoint.method, { as, path: endpoint.path.replace('{id}', 'abc'), body });
    expect([400, []]).toEqual([malformed.status, isFailure(malformed.body)]);
    const missing = await world.call(endpoint.method, { as, path: somePath(endpoint), body });
    expect([200, 403, 404]).toContain(missing.status);
    expect(isFailure(missing.body)).toEqual([]);
  });

  it.each(endpoints.filter(({ body, auth }) => body.fields.length > 0 && auth !== 'webhook'))('$method $path with a body that is not JSON', async (endpoint) => {
    if (!served.has(endpoint.id)) return;
    const told = await world.call(endpoint.method, { as: least[endpoint.auth], path: somePath(endpoint), headers: { 'content-type': 'application/json' }, body: '{"broken' });
    expect([told.status, isFailure(told.body)]).toEqual([400, []]);
  });
});

describe('who may call gets the keys and kinds of the contract', () => {
  const known = endpoints.filter(({ id }) => id in successCases);
  it.each(known)('$method $path', async (endpoint) => {
    if (!served.has(endpoint.id)) return;
    const { call = {}, answer, ...leeway } = successCases[endpoint.id]!;
    const given: Call = typeof call === 'function' ? await call(world) : call;
    const told = await world.call(endpoint.method, { as: least[endpoint.auth], path: endpoint.path, ...given });
    if (answer) return expect(told).toMatchObject(answer);
    expect([told.status, told.body.success, told.body.message]).toEqual([200, true, expect.any(String)]);
    expect(compare(told.body, endpoint.response.shape, '', leeway)).toEqual([]);
  });

  it('and all of them are served', () => expect(endpoints.filter(({ id }) => !served.has(id)).map(({ id }) => id)).toEqual([]));

  it('in one test or another, for every endpoint that is served', () => {
    const without = [...served].filter((id) => !(id in successCases) && !(id in elsewhere));
    expect(without).toEqual([]);
  });

  it.each(Object.entries(elsewhere))('%s is shown by %s', (id, file) => {
    const path = new URL(`../${file}`, import.meta.url), endpoint = endpoints.find((one) => one.id === id)!;
    const last = endpoint.path.split('/').findLast((part) => part && !part.startsWith('{'))!;
    expect(existsSync(path) && readFileSync(path, 'utf8').includes(last)).toBe(true);
  });
});
