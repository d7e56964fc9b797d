import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { type ChannelProbeResult, ProbeEndpoint } from '../../relay-link/wire/lease.ts';
import { Cursors } from '../../../kernel/list/cursors.ts';
import { JobList } from '../../job/job-list.ts';
import { JobQueue } from '../../job/job-queue.ts';
import { JobService } from '../../job/job.service.ts';
import { ChannelTestService } from './channel-test.service.ts';
import { Channel } from '../channel.entity.ts';

let app: TestApp;
const asked: string[] = [];
const at = (answer: Partial<ChannelProbeResult> | undefined) => new ChannelTestService(async (_, model, endpoint) => {
  asked.push(endpoint ? `${model} ${endpoint}` : model);
  return answer && { nonce: 'n', ok: true, durationMs: 120, ...answer };
}, new JobService(new JobQueue(app.base.pubSub, app.clock), new JobList(new Cursors(Buffer.alloc(32))), app.base.pubSub));

beforeAll(async () => {
  app = await startTestApp();
  const em = app.base.orm.em.fork();
  em.persist(em.create(Channel, { id: 1, name: 'first', type: 1, models: ['m1', 'm2'], groups: ['default'], createdAt: app.clock.now() }));
  em.persist(em.create(Channel, { id: 2, name: 'second', type: 1, models: ['m1'], groups: ['default'], testModel: 'cheap', createdAt: app.clock.now() }));
  await em.flush();
});
afterAll(() => app.stop());

it('keeps the time of a good answer, without making a new version', async () => {
  const { result } = await at({ status: 200 }).test(await app.context(), '1');
  expect(result).toMatchObject({ ok: true, model: 'm1', latencyMs: 120, httpStatus: 200, errorCode: null });
  const row = await app.base.orm.em.fork().findOneOrFail(Channel, 1);
  expect(row).toMatchObject({ responseTimeMs: 120, testedAt: app.clock.now(), version: 1 });
});

it('tells what the provider said when it fails, and keeps the last good time', async () => {
  const { result } = await at({ ok: false, durationMs: 5, status: 401, failure: 'upstream_unauthorized', detail: 'bad key' }).test(await app.context(), '1');
  expect(result).toMatchObject({ ok: false, errorCode: 'upstream_unauthorized', message: 'bad key' });
  expect((await app.base.orm.em.fork().findOneOrFail(Channel, 1)).responseTimeMs).toBe(120);
});

it('asks for the given model, else the test model, else the first one', async () => {
  asked.length = 0;
  for (const [id, model] of [['1', 'm2'], ['2', null], ['1', ' ']] as const) await at({}).test(await app.context(), id, model);
  expect(asked).toEqual(['m2', 'cheap', 'm1']);
});

it('asks in the words of the endpoint that is named', async () => {
  asked.length = 0;
  await at({}).test(await app.context(), '1', null, ProbeEndpoint.EMBEDDINGS);
  expect(asked).toEqual(['m1 EMBEDDINGS']);
});

it('says so when no relay answers', async () => {
  expect(await at(undefined).test(await app.context(), '1')).toMatchObject({ result: { ok: false, latencyMs: 0, errorCode: 'no_relay' }, userErrors: [] });
});

it('says not found', async () => expect(await at({}).test(await app.context(), '99')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] }));
