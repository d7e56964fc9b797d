import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import type { RequestContext } from '../kernel/context.ts';
import { connectRedis } from '../server/redis.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { DerivedKeys } from './derived-keys.ts';

let app: TestApp, context: RequestContext, other: RequestContext;
beforeAll(async () => {
  app = await startTestApp();
  [context, other] = [await app.context(await app.user()), await app.context(await app.user())];
});
afterAll(() => app.stop());

const call = (path: string, body: unknown) => ({ method: 'POST', path, query: new Map<string, string>(), body });

describe('the key of a call that brought none', () => {
  it('is shared by the same call of the same user, however the path is spelled', async () => {
    const keys = new DerivedKeys(app.base.redis, app.clock), of = (path: string, body: unknown, ctx = context) => keys.keyOf(call(path, body), ctx);
    const first = await of('/api/topup', { user_id: 1, quota: 5 });
    expect(first).toMatch(/^[\x21-\x7e]{1,128}$/);
    expect(await of('/api//topup/', { user_id: 1, quota: 5 })).toBe(first);
    const others = [await of('/api/topup', { user_id: 1, quota: 6 }), await of('/api/other', { user_id: 1, quota: 5 }), await of('/api/topup', { user_id: 1, quota: 5 }, other)];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it.each(['/api/user/topup', '/api/user/aff_transfer/'])('is its own at %s, where a repeated call is answered for itself', async (path) => {
    const keys = new DerivedKeys(app.base.redis, app.clock), of = () => keys.keyOf(call(path, { key: 'c' }), context);
    expect(await of()).not.toBe(await of());
  });

  it('lasts for a slot of ten seconds while Redis is away', async () => {
    const redis = connectRedis('redis://127.0.0.1:1', pino({ level: 'silent' })), keys = new DerivedKeys(redis, app.clock);
    const of = () => keys.keyOf(call('/api/topup', {}), context);
    const first = await of();
    expect(await of()).toBe(first);
    app.clock.advance(10_000);
    expect(await of()).not.toBe(first);
    redis.disconnect();
  });
});
