import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

const json = (body: string | Buffer) => JSON.parse(String(body)) as Record<string, unknown>;

describe('the REST mount', () => {
  it('describes itself as OpenAPI 3.1', async () => {
    const answer = await app.request({ path: '/api/openapi.json', method: 'GET' });
    expect(answer.status).toBe(200);
    expect(json(answer.body)).toMatchObject({ openapi: '3.1.0', info: { title: 'Weir management API' } });
  });

  it('answers an unknown path in the form of the contract', async () => {
    const answer = await app.request({ path: '/api/nothing', method: 'GET' });
    expect(answer.status).toBe(404);
    expect(json(answer.body)).toEqual({ error: { message: 'Invalid URL (GET /api/nothing)', type: 'invalid_request_error', param: '', code: '' } });
  });
});
