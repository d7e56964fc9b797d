import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { openEdge } from './edge.ts';

let app: TestApp;
beforeAll(async () => { app = await startTestApp(); });
afterAll(() => app.stop());

const json = (body: string | Buffer) => JSON.parse(String(body));

describe('the front door', () => {
  it('answers GraphQL', async () => {
    const answer = await app.request({ body: { query: '{ site { version } }' } });
    expect(json(answer.body)).toEqual({ data: { site: { version: '0.1.0' } } });
    expect(answer.status).toBe(200);
  });

  it('is alive and ready', async () => {
    expect((await app.request({ path: '/livez' })).status).toBe(200);
    expect(json((await app.request({ path: '/readyz' })).body)).toEqual({ ready: true, postgresql: true, redis: true });
  });

  it('answers over a real socket, and refuses a second server on the port', async () => {
    const edge = await app.listen();
    const response = await fetch(`http://127.0.0.1:${edge.port}/graphql?query=%7Bsite%7Bversion%7D%7D`);
    expect(await response.json()).toEqual({ data: { site: { version: '0.1.0' } } });
    expect(response.headers.get('x-oneapi-request-id')).toMatch(/^req_/);
    const again = openEdge({ host: '127.0.0.1', port: edge.port, door: app.door, sockets: app.socketBehavior, addressOf: app.addressOf });
    await expect(again).rejects.toThrow(`Port ${edge.port} on 127.0.0.1 is taken`);
  });
});
