import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../kernel/http/http-message.ts';
import { hostileDocuments } from '../../testing/hostile-documents.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, authorization: string;
beforeAll(async () => {
  app = await startTestApp();
  const me = await app.user({ role: 10 });
  authorization = (await app.query('mutation { accessTokenRotate { accessToken } }', {}, me)).data!.accessTokenRotate.accessToken;
});
afterAll(() => app.stop());

const json = ({ body }: HttpAnswer) => JSON.parse(String(body));
const codeOf = (answer: HttpAnswer) => json(answer).errors?.[0]?.extensions?.code;

describe('a request that is none', () => {
  it.each<{ name: string; message: Parameters<TestApp['request']>[0]; status: number; code: string }>([
    { name: 'text that is not JSON', message: { body: '{"query":', headers: { 'content-type': 'application/json' } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'an empty body', message: { method: 'POST', headers: { 'content-type': 'application/json' } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'bytes that are not UTF-8', message: { body: Buffer.from([0x7b, 0xff, 0x7d]), headers: { 'content-type': 'application/json' } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'a batch', message: { body: [{ query: '{ site { version } }' }] }, status: 400, code: 'BAD_REQUEST' },
    { name: 'no query', message: { body: {} }, status: 400, code: 'BAD_REQUEST' },
    { name: 'a query that is a number', message: { body: { query: 5 } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'variables that are a list', message: { body: { query: '{ site { version } }', variables: [] } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'a form', message: { body: 'query={site{version}}', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'another character set', message: { body: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'a GET with a Content-Type', message: { query: 'query={site{version}}', headers: { 'content-type': 'text/plain' } }, status: 400, code: 'BAD_REQUEST' },
    { name: 'a GET with bad variables', message: { query: 'query={site{version}}&variables={' }, status: 400, code: 'BAD_REQUEST' },
    { name: 'another method', message: { method: 'DELETE' }, status: 405, code: 'METHOD_NOT_ALLOWED' },
    { name: 'a document that does not parse', message: { body: { query: '{ site' } }, status: 400, code: 'GRAPHQL_PARSE_FAILED' },
    { name: 'a field that does not exist', message: { body: { query: '{ sitee { version } }' } }, status: 422, code: 'GRAPHQL_VALIDATION_FAILED' },
    { name: 'an operation that does not exist', message: { body: { query: 'query A { site { version } }', operationName: 'B' } }, status: 422, code: 'BAD_USER_INPUT' },
    { name: 'a variable of another type', message: { body: { query: 'mutation ($i: LoginInput!) { sessionCreate(input: $i) { userErrors { code } } }', variables: { i: { username: 5 } } } }, status: 422, code: 'BAD_USER_INPUT' },
    { name: 'a key that is none', message: { body: { query: '{ site { version } }' }, headers: { authorization: 'Bearer sk-nothing' } }, status: 401, code: 'UNAUTHENTICATED' },
    { name: 'a field for the signed-in', message: { body: { query: '{ users { nodes { id } } }' } }, status: 401, code: 'UNAUTHENTICATED' },
  ])('is refused clearly: $name', async ({ message, status, code }) => {
    const answer = await app.request(message);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(json(answer).errors[0].message).toMatch(/\S/);
    expect(json(answer).errors[0].extensions.requestId).toMatch(/^req_/);
  });

  it('gives no hints at names to those who cannot list them', async () => {
    expect(JSON.stringify(json(await app.request({ body: { query: '{ sitee { version } }' } })))).not.toMatch(/did you mean/i);
  });

  it('does not take a mutation over GET', async () => {
    expect((await app.request({ query: 'query=mutation{sessionEnd{ok}}' })).status).toBe(405);
  });
});

describe('a hostile document', () => {
  it.each(hostileDocuments)('is refused: $name', async ({ query, code, status }) => {
    const answer = await app.request({ body: { query }, headers: { authorization } });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });
});

describe('an answer', () => {
  it('keeps the request id that came, when it is harmless', async () => {
    const [kept, made] = await Promise.all(['abc-123', 'a b\n<script>'].map((id) => app.request({ body: { query: '{ x }' }, headers: { 'x-request-id': id } })));
    expect(json(kept!).errors[0].extensions.requestId).toBe('abc-123');
    expect(json(made!).errors[0].extensions.requestId).toMatch(/^req_/);
    expect(kept!.headers).toContainEqual(['x-oneapi-request-id', 'abc-123']);
  });

  it('tells nothing of a fault of ours', async () => {
    await app.base.orm.em.fork().execute('alter table setup rename to hidden');
    const answer = await app.request({ body: { query: '{ setup { done } }' } });
    await app.base.orm.em.fork().execute('alter table hidden rename to setup');
    expect([answer.status, codeOf(answer)]).toEqual([500, 'INTERNAL']);
    expect(String(answer.body)).not.toMatch(/relation|select|exist/);
  });
});

describe('anything at all', () => {
  const member = fc.oneof(fc.constantFrom('query', 'variables', 'operationName', 'extensions', '__proto__', 'constructor'), fc.string({ maxLength: 8 }));
  const word = fc.constantFrom('{', '}', '(', ')', '...', 'fragment', 'on', 'query', 'mutation', 'subscription', 'viewer', 'user', 'users', 'tokens', 'nodes', 'id', 'first:', '-1', '9999999999', '$a', ':', '@skip', '"x"', '[', ']', 'null', 'sessionEnd', '__schema', '__typename');
  const document = fc.array(word, { maxLength: 25 }).map((words) => words.join(' '));
  const body = fc.oneof(fc.dictionary(member, fc.oneof(document, fc.jsonValue({ maxDepth: 3 }))), fc.record({ query: document, variables: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue()) }), fc.jsonValue());

  it('gets an answer that is no fault of ours', async () => {
    await fc.assert(fc.asyncProperty(body, async (given) => {
      const answer = await app.request({ method: 'POST', body: JSON.stringify(given), headers: { authorization, 'content-type': 'application/json' } });
      expect(answer.status).toBeLessThan(500);
      expect(json(answer)).toBeTypeOf('object');
    }), { numRuns: 500 });
  });

  it('gets an answer also on paths that nobody knows', async () => {
    await fc.assert(fc.asyncProperty(fc.webPath(), fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'), async (path, method) => {
      expect((await app.request({ method, path: `/api/unknown${path}` })).status).toBe(404);
    }), { numRuns: 100 });
  });
});
