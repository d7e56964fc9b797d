import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setOptions } from '../../testing/mail-sink.ts';
import { visit } from '../../testing/rest-visitor.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp, verifier: Server, asked: URLSearchParams[], serial = 0;
const address = '198.51.100.7';
/** Answers as siteverify does: a token works once. */
const spent = new Set<string>();

beforeAll(async () => {
  verifier = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString()), token = form.get('response')!;
      asked.push(form);
      if (token === 'broken') return response.end('<html>');
      if (token === 'down') return response.writeHead(500).end('{"success":true}');
      const success = form.get('secret') === 'site secret' && token.startsWith('human') && !spent.has(token);
      spent.add(token);
      response.end(JSON.stringify({ success, 'error-codes': success ? [] : ['timeout-or-duplicate'] }));
    });
  });
  await new Promise<void>((resolve) => verifier.listen(0, '127.0.0.1', resolve));
  app = await startTestApp({ WEIR_UPSTREAM_ALLOW: '127.0.0.0/8' });
  const { port } = verifier.address() as AddressInfo;
  await setOptions(app, { TurnstileCheckEnabled: 'true', TurnstileSiteKey: 'site key', TurnstileSecretKey: 'site secret', 'turnstile.verify_url': `http://127.0.0.1:${port}/siteverify` });
});
afterAll(async () => {
  verifier.close();
  await app.stop();
});
beforeEach(() => { asked = []; });

const register = (turnstile: string, options: Parameters<typeof visit>[4] = {}) =>
  visit(app, 'POST', `/api/user/register?turnstile=${turnstile}`, { username: `human-${++serial}`, password: 'nobody guesses this' }, { address, ...options });

describe('the human check', () => {
  it('lets a person pass, and tells the verifier who it is', async () => {
    expect((await register('human-1')).body.success).toBe(true);
    expect(Object.fromEntries(asked[0]!)).toEqual({ secret: 'site secret', response: 'human-1', remoteip: address });
  });

  it.each(['', 'robot', 'broken', 'down', 'x'.repeat(3_000)])('refuses %s', async (token) => {
    expect(await register(token)).toMatchObject({ status: 200, body: { success: false, message: 'Human check failed', code: 'turnstile_failed' } });
    expect((await register(token, { headers: { 'accept-language': 'zh' } })).body.message).toBe('人机校验失败');
  });

  it('is asked once for a whole form: the cookie stands for it, from the same address, for half an hour', async () => {
    const { cookies } = await register('human-2'), cookie = cookies[0]!.split(';')[0]!;
    expect(cookies[0]).toMatch(/^weir_human=\S+; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict/);
    expect((await register('', { headers: { cookie } })).body.success).toBe(true);
    expect((await register('human-2', { headers: { cookie } })).body.success).toBe(true);
    expect((await register('', { headers: { cookie }, address: '198.51.100.8' })).body.success).toBe(false);
    expect((await register('', { headers: { cookie: cookie.replace(/\d{13}/, (until) => String(Number(until) + 1)) } })).body.success).toBe(false);
    app.clock.advance(1_800_000);
    expect((await register('', { headers: { cookie } })).body.success).toBe(false);
    expect(asked).toHaveLength(1);
  });

  it.each([
    { method: 'POST', path: '/api/user/login', body: { username: 'somebody', password: 'wrong password' } },
    { method: 'GET', path: '/api/verification?email=a@example.com', body: undefined },
    { method: 'GET', path: '/api/reset_password?email=a@example.com', body: undefined },
  ])('guards $path', async ({ method, path, body }) => {
    expect((await visit(app, method, path, body)).body).toMatchObject({ success: false, message: 'Human check failed' });
  });

  it('tells clients its site key, and is off until somebody wants it', async () => {
    expect((await visit(app, 'GET', '/api/status')).body.data).toMatchObject({ turnstile_check: true, turnstile_site_key: 'site key' });
    await setOptions(app, { TurnstileCheckEnabled: 'false' });
    expect((await visit(app, 'GET', '/api/status')).body.data).toMatchObject({ turnstile_check: false, turnstile_site_key: '' });
    expect((await register('')).body.success).toBe(true);
  });

  it('lets pages load its widget while it is on, and only then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-console-'));
    writeFileSync(join(folder, 'index.html'), '<html>');
    const own = await startTestApp({ WEIR_CONSOLE: folder }), policy = async (path = '/') => {
      const { headers } = await own.request({ path, headers: { accept: 'text/html' } });
      return headers.filter(([name]) => name === 'content-security-policy').map(([, value]) => value);
    };
    expect(await policy()).toEqual([expect.stringMatching(/script-src 'self';(?!.*frame-src)/) as string]);
    await setOptions(own, { TurnstileCheckEnabled: 'true' });
    expect(await policy('/sign-in')).toEqual([expect.stringMatching(/script-src 'self' https:\/\/challenges\.cloudflare\.com; frame-src https:\/\/challenges\.cloudflare\.com;/) as string]);
    expect(await policy('/api/status')).toEqual([expect.not.stringContaining('cloudflare') as string]);
    await own.stop();
  });

  it('cannot be switched on without its keys', async () => {
    const document = 'mutation { optionsUpdate(input: [{key: "TurnstileCheckEnabled", value: "true"}, {key: "TurnstileSiteKey", value: ""}]) { userErrors { message } } }';
    const { data } = await app.query(document, {}, await app.user({ role: 100 }));
    expect(data!.optionsUpdate.userErrors[0].message).toMatch(/^Fill in first .*TurnstileSiteKey/);
  });
});
