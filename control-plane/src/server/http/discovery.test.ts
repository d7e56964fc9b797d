import { buildClientSchema, buildSchema, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, authorization: string;
beforeAll(async () => {
  app = await startTestApp();
  const { data } = await app.query('mutation { accessTokenRotate { accessToken } }', {}, await app.user());
  authorization = data!.accessTokenRotate.accessToken as string;
});
afterAll(() => app.stop());

const get = (path: string, headers: Record<string, string> = { authorization }) => app.request({ path, method: 'GET', headers });

describe('the schema as a file', () => {
  it('is SDL that builds', async () => {
    const { status, body } = await get('/graphql/schema.graphql');
    expect([status, buildSchema(String(body)).getQueryType()!.getFields().viewer !== undefined]).toEqual([200, true]);
  });

  it('is an introspection result that builds', async () => {
    const { data } = JSON.parse(String((await get('/graphql/schema.json')).body)) as { data: IntrospectionQuery };
    expect(buildClientSchema(data).getMutationType()!.getFields().tokenCreate).toBeDefined();
  });

  it('has a hash to pin', async () => {
    const first = await get('/graphql/schema.graphql'), tag = first.headers.find(([name]) => name === 'etag')![1];
    expect((await get('/graphql/schema.graphql', { authorization, 'if-none-match': tag })).status).toBe(304);
  });

  it.each(['/graphql/schema.graphql', '/graphql/schema.json'])('%s is not for strangers', async (path) => expect((await get(path, {})).status).toBe(401));
});
