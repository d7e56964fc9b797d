import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setOptions } from '../../testing/mail-sink.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, authorization: string;
beforeAll(async () => {
  app = await startTestApp();
  authorization = (await app.query('mutation { accessTokenRotate { accessToken } }', {}, await app.user())).data!.accessTokenRotate.accessToken as string;
});
afterAll(() => app.stop());

const get = async (path: string, headers: Record<string, string> = { authorization }, method = 'GET') => {
  const answer = await app.request({ path, method, headers });
  return { ...answer, head: new Map(answer.headers) };
};

describe('the explorer', () => {
  it('is a page for the signed-in, without a script of its own in it', async () => {
    const { status, head, body } = await get('/graphql/explorer');
    expect([status, head.get('content-type'), head.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
    expect(head.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';.*worker-src 'self'/);
    expect(String(body)).not.toMatch(/<script(?![^>]* src="\/graphql\/explorer\/)|https?:|onload=/);
  });

  it('serves every part that the page names, packed, and once', async () => {
    const page = String((await get('/graphql/explorer')).body), named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    const workers = ['editorWorkerService', 'json', 'graphql'].map((name) => `/graphql/explorer/${name}.js`);
    expect(named).toHaveLength(4);
    for (const path of [...named, ...workers]) {
      const { status, head, body } = await get(path);
      expect([path, status, head.get('content-encoding'), gunzipSync(body).length > 100]).toEqual([path, 200, 'gzip', true]);
      const again = await get(path, { authorization, 'if-none-match': head.get('etag')! });
      expect([again.status, again.body]).toEqual([304, '']);
    }
  });

  it('is not there when the operator does not want it', async () => {
    await setOptions(app, { 'graphql.explorer': 'false' });
    for (const path of ['/graphql/explorer', '/graphql/explorer/graphiql.js']) expect((await get(path)).status).toBe(404);
    await setOptions(app, { 'graphql.explorer': 'true' });
    expect((await get('/graphql/explorer')).status).toBe(200);
  });

  it('is closed to strangers and to what it is not', async () => {
    const stranger = await get('/graphql/explorer', {});
    expect([stranger.status, String(stranger.body)]).toEqual([401, expect.stringContaining('href="/sign-in"')]);
    expect((await get('/graphql/explorer/graphiql.js', {})).status).toBe(401);
    for (const path of ['/graphql/explorer/', '/graphql/explorer/../schema.json', '/graphql/explorer/constructor']) expect((await get(path)).status).toBe(404);
    expect((await get('/graphql/explorer', { authorization }, 'DELETE')).status).toBe(405);
  });
});
