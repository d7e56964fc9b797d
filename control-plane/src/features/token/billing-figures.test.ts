import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf, type Sql } from '../../database/sql.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { MessageSeal } from '../relay-link/message-seal.ts';
import { RelayChannel } from '../relay-link/relay-channel.ts';
import type { BillingFigures } from '../relay-link/wire/figures.ts';
import type { RelayMessage } from '../relay-link/wire/lease.ts';
import { BillingDesk } from './billing-figures.ts';

let app: TestApp, sql: Sql, desk: BillingDesk, seal: MessageSeal, userId: number, ears: Redis;
const told: RelayMessage[] = [], relayId = 'a'.repeat(26);
const from = Date.UTC(2026, 0, 1), to = Date.UTC(2026, 0, 31);

beforeAll(async () => {
  app = await startTestApp();
  sql = sqlOf(app.base.orm.em.fork());
  ({ userId } = await app.user());
  const { redis, log, orm } = app.base;
  seal = new MessageSeal(randomBytes(32));
  desk = new BillingDesk({ orm, redis, seal, relays: new RelayChannel(redis, seal), log });
  const channel = `weir:relay:${relayId}`;
  ears = redis.duplicate();
  await ears.subscribe(channel);
  ears.on('message', (_channel: string, text: string) => { const json = seal.unpack(channel, text); if (json !== undefined) told.push(JSON.parse(json) as RelayMessage); });
  await sql(`insert into token (id, user_id, key_hash, masked_key, name, status, created_at, unlimited, used_quota, allow_ips, group_name)
    select id, $1, repeat(id::text, 32), 'x', 'k', 'ENABLED', now(), id = 92, 700, '{}', '' from unnest(array[91, 92]) id`, [userId]);
  await sql('update user_account set used_quota = 9000 where id = $1', [userId]);
  desk.start();
});
afterAll(async () => { ears.disconnect(); await desk.stop(); await app.stop(); });

async function ask(tokenId: number): Promise<BillingFigures> {
  const nonce = `n-${tokenId}-${told.length}`, body = JSON.stringify({ relayId, nonce, tokenId, from, to });
  await app.base.redis.xadd('weir:figures', '*', 'body', body, 'mac', seal.mac(`weir:figures\n${body}`));
  await eventually(() => { expect(told.some(({ figures }) => figures?.nonce === nonce)).toBe(true); });
  return told.find(({ figures }) => figures?.nonce === nonce)!.figures!;
}

it('tells days and models of the span that was asked for', async () => {
  await sql(`insert into usage_hour (hour, user_id, token_id, channel_id, model, group_name, requests, quota) values
    ('2026-01-05T10:00Z', $1, 91, 1, 'm', 'default', 1, 30), ('2026-01-05T11:00Z', $1, 91, 1, 'n', 'default', 1, 12), ('2026-02-05T11:00Z', $1, 91, 1, 'n', 'default', 1, 99)`, [userId]);
  expect(await ask(91)).toMatchObject({ days: [{ name: '2026-01-05', quota: '42' }], models: [{ name: 'm', quota: '30' }, { name: 'n', quota: '12' }] });
  await sql('delete from usage_hour');
});

it('tells what a key has used, and whether anything limits it', async () => {
  expect(await ask(91)).toMatchObject({ unlimited: false, remaining: '0', used: '700', quotaPerUnit: 500_000, display: 'USD', expiresAt: null, days: [], models: [] });
  expect(await ask(92)).toMatchObject({ unlimited: true, used: '700' });
});

it('tells what the user has used, where the instance answers for users', async () => {
  await sql(`insert into site_option (key, value, updated_at) values ('DisplayTokenStatEnabled', 'false', now())`);
  expect(await ask(91)).toMatchObject({ unlimited: false, used: '9000' });
});
