/** Pages of tasks and drawings, the newest first. */
import type { FilterQuery } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { listPage } from '../../kernel/list/list-page.ts';
import { SortDirection, type Connection, type PageArgs } from '../../kernel/list/page.ts';
import { whereReached } from '../../kernel/user-scope.ts';
import { readId } from '../../kernel/typed-id.ts';
import { Drawing } from './drawing.entity.ts';
import { Task } from './task.entity.ts';
import type { DrawingFilter, TaskFilter } from './task.inputs.ts';

interface Common { userId?: string | null; channelId?: string | null; from?: Date | null; to?: Date | null }

function commonOf({ userId, channelId, from, to }: Common): Record<string, unknown>[] {
  return [
    ...(userId ? [{ userId: readId('user', userId) }] : []), ...(channelId ? [{ channelId: readId('channel', channelId) }] : []),
    ...(from ? [{ submittedAt: { $gte: from } }] : []), ...(to ? [{ submittedAt: { $lte: to } }] : []),
  ];
}

function tasksOf(filter: TaskFilter): FilterQuery<Task> {
  const { taskId, platforms, actions, statuses } = filter, all: FilterQuery<Task>[] = commonOf(filter);
  if (taskId) all.push({ taskId });
  if (platforms) all.push({ platform: { $in: platforms } });
  if (actions) all.push({ action: { $in: actions } });
  if (statuses) all.push({ status: { $in: statuses } });
  return { $and: all };
}

function drawingsOf(filter: DrawingFilter): FilterQuery<Drawing> {
  const { mjId, statuses } = filter, all: FilterQuery<Drawing>[] = commonOf(filter);
  if (mjId) all.push({ mjId });
  if (statuses) all.push({ status: { $in: statuses } });
  return { $and: all };
}

const newestFirst = { property: 'id', direction: SortDirection.DESC } as const;

export class TaskList {
  constructor(private readonly cursors: Cursors) {}

  tasks(ctx: RequestContext, filter: TaskFilter, page: PageArgs): Promise<Connection<Task>> {
    return listPage(ctx.em, this.cursors, { entity: Task, where: { $and: [tasksOf(filter), whereReached(ctx, 'userId')] }, order: newestFirst, asked: filter }, page);
  }

  drawings(ctx: RequestContext, filter: DrawingFilter, page: PageArgs): Promise<Connection<Drawing>> {
    return listPage(ctx.em, this.cursors, { entity: Drawing, where: { $and: [drawingsOf(filter), whereReached(ctx, 'userId')] }, order: newestFirst, asked: filter }, page);
  }
}
