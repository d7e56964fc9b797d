import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../kernel/http/http-message.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { frontDoor } from './front-door.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-console-'));
let app: TestApp;
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'run()');
  app = await startTestApp({ WEIR_CONSOLE: folder });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const header = ({ headers }: HttpAnswer, wanted: string) => headers.find(([name]) => name === wanted)?.[1];
const json = ({ body }: HttpAnswer) => JSON.parse(String(body));

describe('the console', () => {
  it('is a page on every path that nobody else has', async () => {
    for (const path of ['/', '/channels', '/tokens/7/edit']) {
      const answer = await app.request({ path, headers: { accept: 'text/html,*/*' } });
      expect([answer.status, String(answer.body), header(answer, 'cache-control')]).toEqual([200, '<!doctype html>', 'no-cache']);
    }
  });

  it('keeps hashed files for a year', async () => {
    const answer = await app.request({ path: '/assets/app-1a2b.js' });
    expect([answer.status, header(answer, 'content-type'), header(answer, 'cache-control')]).toEqual([200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
  });

  it.each<{ name: string; path: string; headers: Record<string, string> }>([
    { name: 'a program that wants no page', path: '/channels', headers: {} },
    { name: 'a file that is not there', path: '/assets/gone.js', headers: { accept: 'text/html' } },
    { name: 'a path out of the folder', path: '/../../etc/passwd', headers: {} },
    { name: 'the same, encoded', path: '/%2e%2e/%2e%2e/etc/passwd', headers: {} },
    { name: 'an unknown path of the API', path: '/api/nothing', headers: { accept: 'text/html' } },
    { name: 'a path of the relay', path: '/v1/models', headers: { accept: 'text/html' } },
  ])('is not shown to $name', async ({ path, headers }) => {
    const answer = await app.request({ path, headers });
    expect(answer.status).toBe(404);
    expect(json(answer)).toEqual({ error: { message: `Invalid URL (GET ${path})`, type: 'invalid_request_error', param: '', code: '' } });
  });

  it('runs no foreign script and stands in no frame', async () => {
    const answer = await app.request({ path: '/', headers: { accept: 'text/html' } });
    expect(header(answer, 'content-security-policy')).toMatch(/default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
    expect(header(answer, 'x-content-type-options')).toBe('nosniff');
  });
});

describe('the limits of /api', () => {
  it('hold for one address, and leave others alone', async () => {
    const ask = (address: string) => app.request({ path: '/api/setup', address, headers: { 'accept-language': 'en' } });
    const told = await Promise.all(Array.from({ length: 180 }, () => ask('192.0.2.1')));
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await ask('192.0.2.1');
    expect([refused.status, json(refused)]).toEqual([429, { success: false, message: 'Too many requests', code: 'too_many_requests' }]);
    expect(Number(header(refused, 'retry-after'))).toBeGreaterThan(0);
    expect((await ask('192.0.2.2')).status).toBe(200);
  });

  it('count one IPv6 customer once', async () => {
    const login = (address: string) => app.request({ path: '/api/user/login', address, body: { username: `at ${address}`, password: 'wrong password' } });
    await Promise.all(Array.from({ length: 20 }, (_, count) => login(`2001:db8:1:2::${count}`)));
    expect((await login('2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await login('2001:db8:1:3::1')).status).toBe(200);
  });

  it('hold also while Redis is away, and only the first caller waits for it', async () => {
    const { limits } = app.services;
    app.base.redis.disconnect();
    for (let count = 0; count < 20; count++) await limits.take('critical', 'local');
    expect(await limits.take('critical', 'local')).toMatchObject({ retryAfterMs: expect.any(Number) });
    await app.base.redis.connect();
    expect(await limits.take('critical', 'local')).toBeDefined();
    app.clock.advance(5_000);
    expect(await limits.take('critical', 'local')).toBeUndefined();
  });
});

it('what is the same for everybody is answered before anything is asked of the caller', async () => {
  const nobody = () => { throw new Error('nobody asks'); };
  const door = frontDoor({
    newContext: nobody, graphql: nobody, stream: nobody, discovery: nobody, explorer: nobody, rest: nobody, ready: ({ path }) => ({ status: 200, headers: [], body: path }), console: () => undefined, health: app.health, limits: app.services.limits, inFlight: app.services.inFlight, patienceMs: 1_000, isTls: false, log: app.base.log,
  });
  expect(await door({ method: 'GET', path: '/api/status', query: '', headers: new Map(), body: Buffer.alloc(0), address: '192.0.2.77' })).toMatchObject({ status: 200, body: '/api/status' });
});

it('a request that hangs is answered all the same', async () => {
  const never = () => new Promise<never>(() => {});
  const door = frontDoor({
    newContext: app.newContext, graphql: never, stream: never, discovery: () => { throw new Error('nobody asks'); }, explorer: never, rest: never, ready: () => undefined, console: () => undefined, health: app.health, limits: app.services.limits, inFlight: app.services.inFlight, patienceMs: 20, isTls: false, log: app.base.log,
  });
  const answer = await door({ method: 'POST', path: '/graphql', query: '', headers: new Map(), body: Buffer.alloc(0), address: '127.0.0.1' });
  expect([answer.status, json(answer).errors[0].extensions.code]).toEqual([504, 'TIMEOUT']);
});
