import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { restCaller, type RestCaller } from '../../testing/rest-caller.ts';
import { Drawing } from './drawing.entity.ts';
import { Task, TaskStatus } from './task.entity.ts';

let app: TestApp;
let admin: RestCaller, alice: RestCaller;
const at = new Date('2026-11-20T10:00:00.000Z'), seconds = at.getTime() / 1000;

beforeAll(async () => {
  app = await startTestApp();
  admin = await restCaller(app, { role: 10 });
  alice = await restCaller(app, { username: 'alice' });
  const em = app.base.orm.em.fork(), common = { group: 'default', channelId: 3, quota: 5000n, submittedAt: at };
  const task = { ...common, platform: '55', action: 'textGenerate', createdAt: at, updatedAt: at };
  em.create(Task, { ...task, taskId: 'task_a', userId: alice.principal.userId, status: TaskStatus.SUCCESS, progress: 100, model: 'sora-2', upstreamModel: 'sora-2', startedAt: at, finishedAt: at, data: { id: 'video_1' }, privateData: { key: 'sk-upstream' } });
  em.create(Task, { ...task, taskId: 'task_b', userId: admin.principal.userId, platform: 'suno', action: 'MUSIC', submittedAt: new Date('2026-11-19T10:00:00Z') });
  em.create(Drawing, { ...common, mjId: '123', userId: alice.principal.userId, action: 'IMAGINE', prompt: 'a cat', status: 'SUCCESS', progress: 100, upstreamImageUrl: 'https://proxy.example/1.png', startedAt: at, finishedAt: at, privateData: { key: 'sk-upstream' } });
  await em.flush();
});
afterAll(() => app.stop());

describe('tasks over REST', () => {
  it('have the keys of the contract', async () => {
    const { body } = await admin.call('GET', '/api/task/?task_id=task_a');
    expect(body.data).toEqual({ page: 1, page_size: 10, total: 1, items: [{
      id: expect.any(Number), created_at: seconds, updated_at: seconds, task_id: 'task_a', platform: '55', user_id: alice.principal.userId, group: 'default', channel_id: 3, quota: 5000,
      action: 'textGenerate', status: 'SUCCESS', fail_reason: '', submit_time: seconds, start_time: seconds, finish_time: seconds, progress: '100%',
      properties: { input: '', upstream_model_name: 'sora-2', origin_model_name: 'sora-2' }, data: { id: 'video_1' },
    }] });
    expect(JSON.stringify(body)).not.toContain('sk-upstream');
  });

  it.each([
    { query: '', found: ['task_b', 'task_a'] },
    { query: '?platform=suno', found: ['task_b'] },
    { query: '?status=NOT_START', found: ['task_b'] },
    { query: '?action=textGenerate', found: ['task_a'] },
    { query: '?channel_id=3', found: ['task_b', 'task_a'] },
    { query: '?channel_id=4', found: [] },
    { query: `?start_timestamp=${seconds}`, found: ['task_a'] },
    { query: `?end_timestamp=${seconds - 1}`, found: ['task_b'] },
  ])('are found by "$query"', async ({ query, found }) => {
    const { body } = await admin.call('GET', `/api/task${query}`);
    expect(body.data.items.map(({ task_id }: Data) => task_id)).toEqual(found);
  });

  it('refuse a status that there is not', async () => {
    expect((await admin.call('GET', '/api/task/?status=SLEEPING')).status).toBe(400);
  });

  it('show a user theirs, without the channel', async () => {
    const { body } = await alice.call('GET', '/api/task/self?channel_id=99');
    expect(body.data.items).toMatchObject([{ task_id: 'task_a', channel_id: 0 }]);
  });
});

describe('drawings over REST', () => {
  it('have the keys of the contract, and milliseconds', async () => {
    const { body } = await admin.call('GET', `/api/mj/?mj_id=123&start_timestamp=${at.getTime()}&end_timestamp=${at.getTime()}`);
    expect(body.data.items).toEqual([{
      id: expect.any(Number), code: 1, user_id: alice.principal.userId, action: 'IMAGINE', mj_id: '123', prompt: 'a cat', prompt_en: '', description: '', state: '', submit_time: at.getTime(),
      start_time: at.getTime(), finish_time: at.getTime(), image_url: expect.stringMatching(/\/mj\/image\/123$/), video_url: '', video_urls: '[]', status: 'SUCCESS', progress: '100%',
      fail_reason: '', channel_id: 3, quota: 5000, buttons: '[]', properties: '{}',
    }]);
    expect((await admin.call('GET', `/api/mj?end_timestamp=${at.getTime() - 1}`)).body.data.items).toEqual([]);
  });

  it('show a user theirs, without the channel, and the proxy\'s address when it is not forwarded', async () => {
    const root = await app.user({ role: 100 });
    await app.query('mutation { optionsUpdate(input: [{ key: "MjForwardUrlEnabled", value: "false" }]) { userErrors { code } } }', {}, root);
    const { body } = await alice.call('GET', '/api/mj/self');
    expect(body.data.items).toMatchObject([{ mj_id: '123', channel_id: 0, image_url: 'https://proxy.example/1.png' }]);
  });
});
