import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restCaller } from '../testing/rest-caller.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { views } from './views/views.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp({ WEIR_COOKIE_DOMAIN: 'example.com' }); });
afterAll(() => app.stop());

const json = (body: string | Buffer) => JSON.parse(String(body)) as Record<string, unknown>;

describe('the REST mount', () => {
  it('describes itself as OpenAPI 3.1', async () => {
    const { body } = await (await restCaller(app)).call('GET', '/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Weir management API' }, paths: { '/api/token/{id}': { get: { 'x-graphql-field': 'token' } } } });
    expect((await app.request({ path: '/api/openapi.json', method: 'GET' })).status).toBe(401);
  });

  it('describes itself as a page for people, without any script', async () => {
    const key = await app.user();
    const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, key);
    const answer = await app.request({ path: '/api/docs', method: 'GET', headers: { authorization: data!.accessTokenRotate.accessToken as string } });
    expect(answer.headers).toContainEqual(['content-type', 'text/html; charset=utf-8']);
    expect(String(answer.body)).toContain('<code>/api/token/{id}</code>');
    expect(String(answer.body)).not.toMatch(/<script/i);
  });

  it('gives a cookie to the sub-domains of the domain that is configured', async () => {
    const { headers } = await app.request({ method: 'GET', path: '/api/oauth/state' });
    expect(headers.find(([name]) => name === 'set-cookie')?.[1]).toMatch(/^session=[\w-]{43}; .*; Domain=example\.com$/);
  });

  it('answers an unknown path in the form of the contract', async () => {
    const answer = await app.request({ path: '/api/nothing', method: 'GET' });
    expect(answer.status).toBe(404);
    expect(json(answer.body)).toEqual({ error: { message: 'Invalid URL (GET /api/nothing)', type: 'invalid_request_error', param: '', code: '' } });
  });
});

it('every view has a name of its own', () => {
  const names = views.map(({ name }) => name);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
