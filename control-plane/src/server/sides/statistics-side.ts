/** Statistics, tasks and drawings: lists only. */
import { StatisticsResolver, ViewerStatisticsResolver } from '../../features/statistics/statistics.resolver.ts';
import { imageAddress } from '../../features/task/image-address.ts';
import { TaskList } from '../../features/task/task-list.ts';
import { TaskResolver, ViewerTasksResolver } from '../../features/task/task.resolver.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';

/** @param relayUrl where callers reach the relay */
export function statisticsSide(cursors: Cursors, relayUrl: string): object[] {
  const tasks = new TaskList(cursors);
  return [new StatisticsResolver(), new ViewerStatisticsResolver(), new TaskResolver(tasks, imageAddress(relayUrl)), new ViewerTasksResolver(tasks)];
}
