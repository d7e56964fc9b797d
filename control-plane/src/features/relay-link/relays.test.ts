import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../../scripts/testing/eventually.ts';
import { sqlOf } from '../../database/sql.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { CaughtUp } from './caught-up.ts';
import { ChannelProbes } from './channel-probes.ts';
import { MessageSeal } from './message-seal.ts';
import { Provider } from './provider.entity.ts';
import { ProviderCatalogue } from './provider-catalogue.ts';
import { RelayChannel } from './relay-channel.ts';
import { RelayRegistry } from './relay-registry.ts';
import { ProviderQuestion } from './wire/inquiry.ts';
import type { ChannelProbe, RelayMessage } from './wire/lease.ts';
import type { RelayState } from './wire/relay-state.ts';

let app: TestApp, registry: RelayRegistry;
const seal = new MessageSeal(randomBytes(32));
const openai = { type: 1, name: 'openai', label: 'OpenAI', baseUrl: 'https://api.openai.com', dialects: ['openai-chat'], credential: [{ name: 'apiKey', kind: 'secret' }], suggestedModels: ['gpt-4o'] };

beforeAll(async () => {
  app = await startTestApp();
  registry = new RelayRegistry(app.base.redis, app.clock);
});
afterAll(() => app.stop());
beforeEach(() => app.base.redis.del('weir:relays'));

const says = (over: Partial<RelayState>) => {
  const state: RelayState = { relayId: 'one', epoch: 1, version: 7, hash: 'h', refusal: null, seenAt: app.clock.now().getTime(), unshipped: 0, address: '0.0.0.0:8080', providers: [openai], ...over };
  return app.base.redis.hset('weir:relays', state.relayId, JSON.stringify(state));
};

it('lists relays with version, age and refusal', async () => {
  await app.base.orm.em.getConnection().execute(`insert into snapshot_state (id, version, hash) values (1, 8, 'newest')`);
  await says({ relayId: 'two', version: 8, hash: 'newest', unshipped: 3 });
  await says({ relayId: 'one', refusal: 'price:x has no ratio', seenAt: app.clock.now().getTime() - 15_000 });
  await app.base.redis.hset('weir:relays', 'broken', 'not json');
  const { data } = await app.query('{ relays { id version current live ageMs refusal unshipped address } }', {}, await app.user({ role: 10 }));
  expect(data!.relays).toEqual([
    { id: 'one', version: 7, current: false, live: false, ageMs: 15_000, refusal: 'price:x has no ratio', unshipped: 0, address: '0.0.0.0:8080' },
    { id: 'two', version: 8, current: true, live: true, ageMs: 0, refusal: null, unshipped: 3, address: '0.0.0.0:8080' },
  ]);
  expect(await app.base.redis.hexists('weir:relays', 'broken')).toBe(0);
});

it('is for operators only', async () => {
  expect((await app.query('{ relays { id } }', {}, await app.user())).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

it('keeps the providers that were announced last, also when no relay runs', async () => {
  const catalogue = new ProviderCatalogue(app.base.orm, registry, app.clock, app.base.log);
  const stored = async () => (await app.base.orm.em.fork().find(Provider, {}, { orderBy: { type: 'asc' } })).map(({ type, info }) => [type, info.label]);
  await says({});
  catalogue.start();
  await eventually(async () => expect(await stored()).toEqual([[1, 'OpenAI']]));
  await says({ providers: [{ ...openai, label: 'OpenAI!' }, { ...openai, type: 14, name: 'anthropic', label: 'Anthropic' }] });
  await eventually(async () => expect(await stored()).toEqual([[1, 'OpenAI!'], [14, 'Anthropic']]));
  await app.base.redis.del('weir:relays');
  await catalogue.stop();
  expect(await stored()).toHaveLength(2);
});

it('has a channel tested by a relay, and takes only a signed answer', async () => {
  const channel = new RelayChannel(app.base.redis, seal), probes = new ChannelProbes(app.base.redis, seal, channel, registry, app.clock, app.base.secretBox, sqlOf(app.base.orm.em.fork()));
  expect(await probes.probe(3, 'gpt-4o')).toBeUndefined();
  await says({});
  const sql = sqlOf(app.base.orm.em.fork()), relay = app.base.redis.duplicate({ commandTimeout: undefined });
  await sql(`insert into snapshot_state (id, version, hash) values (1, 8, '') on conflict (id) do update set version = 8`);
  await sql(`insert into snapshot_change (kind, key) values ('channel', '3')`);
  const asked: ChannelProbe[] = [];
  relay.on('message', (place: string, text: string) => {
    const { probe } = JSON.parse(seal.unpack(place, text)!) as RelayMessage, answer = `weir:probes:${probe!.nonce}`;
    const result = (ok: boolean) => JSON.stringify({ nonce: probe!.nonce, ok, durationMs: 12, status: 200, failure: null, detail: null });
    asked.push(probe!);
    void app.base.redis.publish(answer, `${'0'.repeat(64)}\n${result(false)}`).then(() => app.base.redis.publish(answer, seal.pack(answer, result(true))));
  });
  await relay.subscribe('weir:relay:one');
  const told = probes.probe(3, 'gpt-4o');
  await sql(`with gone as (delete from snapshot_change) update snapshot_state set version = 9`);
  expect(await told).toMatchObject({ ok: true, durationMs: 12, status: 200 });
  expect(asked, 'of the picture in which the last change is published').toMatchObject([{ channelId: 3, model: 'gpt-4o', version: 9 }]);
  relay.disconnect();
});

it('has an account asked by a relay, which gets its secret sealed for this inquiry alone', async () => {
  const probes = new ChannelProbes(app.base.redis, seal, new RelayChannel(app.base.redis, seal), registry, app.clock, app.base.secretBox, sqlOf(app.base.orm.em.fork()));
  await says({});
  const relay = app.base.redis.duplicate({ commandTimeout: undefined });
  relay.on('message', (place: string, text: string) => {
    const { inquiry } = JSON.parse(seal.unpack(place, text)!) as RelayMessage, { nonce, envelope, question } = inquiry!, answer = `weir:probes:${nonce}`;
    const secret = app.base.secretBox.open(envelope, { table: 'provider_inquiry', row: nonce, column: 'secret' });
    const proxy = inquiry!.proxyEnvelope && app.base.secretBox.open(inquiry!.proxyEnvelope, { table: 'provider_inquiry', row: nonce, column: 'proxy' });
    const told = { nonce, ok: true, durationMs: 3, models: [secret, ...(proxy ? [proxy] : [])], balance: question === 'BALANCE' ? { amount: '12.5', currency: 'USD' } : null };
    void app.base.redis.publish(answer, seal.pack(answer, JSON.stringify(told)));
  });
  await relay.subscribe('weir:relay:one');
  const account = { type: 1, baseUrl: null, secret: 'sk-1', extra: { other: '', organization: '', settings: '' } };
  expect(await probes.inquire(ProviderQuestion.MODELS, account)).toMatchObject({ ok: true, models: ['sk-1'], balance: null });
  expect(await probes.inquire(ProviderQuestion.MODELS, { ...account, proxy: 'http://p.test:3128' })).toMatchObject({ models: ['sk-1', 'http://p.test:3128'] });
  expect(await probes.inquire(ProviderQuestion.BALANCE, account)).toMatchObject({ ok: true, balance: { amount: '12.5', currency: 'USD' } });
  relay.disconnect();
});

it('lets an answer wait until every relay that beats has the change', async () => {
  const sql = sqlOf(app.base.orm.em.fork()), caughtUp = new CaughtUp(sql, registry, app.clock), order: string[] = [];
  await sql(`delete from snapshot_change`);
  await sql(`insert into snapshot_state (id, version, hash) values (1, 20, '') on conflict (id) do update set version = 20`);
  await sql(`insert into snapshot_change (kind, key) values ('token', '1')`);
  await caughtUp.wait();                                // nobody is there to wait for
  await says({ version: 20 });
  const waits = caughtUp.wait().then(() => order.push('answered'));
  await sql(`with gone as (delete from snapshot_change) update snapshot_state set version = 21`);
  order.push('published');
  await says({ version: 21 });
  await waits;
  expect(order).toEqual(['published', 'answered']);
});

it('never lets it wait for long', async () => {
  await says({ version: 1 });
  await new CaughtUp(sqlOf(app.base.orm.em.fork()), registry, app.clock).wait();
  expect(await registry.versions()).toMatchObject([{ version: 1 }]);
});
