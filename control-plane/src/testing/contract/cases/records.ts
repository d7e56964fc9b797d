/** Logs, statistics, tasks, drawings, codes. */
import { Drawing } from '../../../features/task/drawing.entity.ts';
import { Task } from '../../../features/task/task.entity.ts';
import type { World } from '../world.ts';
import type { SuccessCases } from './case.ts';

let serial = 0;

async function newCodes(world: World, count = 1): Promise<{ id: number }> {
  return (await world.made('/api/redemption', { name: `code-${++serial}`, quota: 1000, count })) as { id: number };
}

async function withTasks({ app, people }: World) {
  const em = app.base.orm.em.fork(), at = app.clock.now(), userId = people.user.principal.userId;
  em.create(Task, { taskId: `task_${++serial}`, platform: 'suno', action: 'MUSIC', userId, createdAt: at, updatedAt: at, submittedAt: at });
  em.create(Drawing, { mjId: `mj-${++serial}`, action: 'IMAGINE', userId, submittedAt: at });
  await em.flush();
  return {};
}

/** Rows of the log tell the request beside what the example shows; statistics tell what clients would else count themselves. */
const logRow = (path: string) => [`${path}.request_id`];
const stat = ['data.requests', 'data.prompt_tokens', 'data.completion_tokens'];
const code = { nullable: ['data.DeletedAt'] };
const task = { maps: ['data.items[].data'], empty: ['data.items[].data'] };

export const recordCases: SuccessCases = {
  'mgmt.log.list': { call: { path: '/api/log/' }, extra: logRow('data.items[]') },
  'mgmt.log.search': { call: { query: 'keyword=2' }, extra: logRow('data[]') },
  'mgmt.log.self': { call: { query: 'page_size=10' }, extra: logRow('data.items[]') },
  'mgmt.log.self_search': { call: { query: 'keyword=2' }, extra: logRow('data[]') },
  'mgmt.log.token': { call: async ({ key }) => ({ query: `key=${key}` }), extra: logRow('data[]') },
  'mgmt.log.delete': { call: { query: 'target_timestamp=1000' } },
  'mgmt.log.stat': { extra: stat },
  'mgmt.log.self_stat': { extra: stat },
  'mgmt.data.all': {},
  'mgmt.data.self': {},
  'mgmt.task.list': { call: withTasks, ...task },
  'mgmt.task.self': { call: withTasks, ...task },
  'mgmt.mj.list': { call: withTasks },
  'mgmt.mj.self': { call: withTasks },
  'mgmt.redemption.list': { call: async (world) => { await newCodes(world); return { path: '/api/redemption/' }; }, ...code },
  'mgmt.redemption.search': { call: async (world) => { await newCodes(world); return { query: 'keyword=code' }; }, ...code },
  'mgmt.redemption.get': { call: async (world) => ({ path: `/api/redemption/${(await newCodes(world)).id}` }), ...code },
  'mgmt.redemption.create': { call: { body: { name: 'made', quota: 1000, count: 2 } } },
  'mgmt.redemption.update': { call: async (world) => ({ body: { id: (await newCodes(world)).id, name: 'renamed' } }), ...code },
  'mgmt.redemption.delete': { call: async (world) => ({ path: `/api/redemption/${(await newCodes(world)).id}` }) },
  'mgmt.redemption.delete_invalid': {},
};
