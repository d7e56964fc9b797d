import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { restCaller } from '../../testing/rest-caller.ts';

let server: Server, base: string, app: TestApp, root: Principal, reads = 0;
const files: Record<string, unknown> = {
  '/api/status-page/main': { config: {}, publicGroupList: [{ name: 'Core', monitorList: [{ id: 1, name: 'API' }, { id: 2, name: 'Site' }] }, { name: 'Edge', monitorList: [{ id: 3, name: 'Probe' }] }] },
  '/api/status-page/heartbeat/main': { heartbeatList: { 1: [{ status: 0 }, { status: 1 }], 2: [{ status: 0 }] }, uptimeList: { '1_24': 0.999, '2_24': 7 } },
  '/api/status-page/broken': 'none',
};
beforeAll(async () => {
  server = createServer((request, response) => {
    reads += 1;
    const file = files[request.url!];
    response.writeHead(file === undefined ? 404 : 200).end(JSON.stringify(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await startTestApp({ WEIR_UPSTREAM_ALLOW: '127.0.0.0/8' });
  root = await app.user({ role: 100 });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.stop();
});
const set = async (key: string, value: string): Promise<Data> => (await app.query('mutation ($k: String!, $v: String!) { optionsUpdate(input: [{ key: $k, value: $v }]) { userErrors { message } } }', { k: key, v: value }, root)).data!.optionsUpdate;
const read = async (): Promise<Data> => {
  const { status, body } = await app.request({ path: '/api/uptime/status' });
  expect(status).toBe(200);
  return JSON.parse(String(body)) as Data;
};

it('is an empty list when nothing is configured', async () => expect(await read()).toEqual({ success: true, message: '', data: [] }));

it('shows the monitors of each page, and none of one that cannot be read, once a minute', async () => {
  const groups = [{ categoryName: 'old', url: `${base}/`, slug: 'main' }, { categoryName: 'gone', url: base, slug: 'missing' }, { categoryName: 'odd', url: base, slug: 'broken' }, { categoryName: 'private', url: 'http://10.0.0.1', slug: 'x' }];
  expect(await set('console_setting.uptime_kuma_groups', JSON.stringify(groups))).toEqual({ userErrors: [] });
  app.clock.advance(60_000);
  const none = (categoryName: string) => ({ categoryName, monitors: [] });
  expect(await read()).toEqual({ success: true, message: '', data: [
    { categoryName: 'old', monitors: [{ name: 'API', uptime: 0.999, status: 1, group: 'Core' }, { name: 'Site', uptime: 1, status: 0, group: 'Core' }, { name: 'Probe', uptime: 0, status: 2, group: 'Edge' }] },
    none('gone'), none('odd'), none('private'),
  ] });
  const before = reads;
  await read();
  expect(reads).toBe(before);
});

it('is empty while the panel is off', async () => {
  await set('console_setting.uptime_kuma_enabled', 'false');
  app.clock.advance(60_000);
  expect((await read()).data).toEqual([]);
});

it('tells admins that the database answers', async () => {
  const admin = await restCaller(app, { role: 10 });
  expect(await admin.call('GET', '/api/status/test')).toEqual({ status: 200, body: { success: true, message: '', http_stats: { active_connections: 1 } } });
  expect((await (await restCaller(app)).call('GET', '/api/status/test')).status).toBe(403);
});
