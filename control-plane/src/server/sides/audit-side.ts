/** The audit log: its pages, and the watch over its chain. */
import { AuditList } from '../../features/audit/audit-list.ts';
import { AuditResolver, ViewerAuditResolver } from '../../features/audit/audit.resolver.ts';
import { ChainWatch } from '../../features/audit/chain-watch.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { Foundation } from '../services.ts';

export function auditSide({ orm, log }: Pick<Foundation, 'orm' | 'log'>, cursors: Cursors): { resolvers: object[]; workers: Worker[] } {
  const list = new AuditList(cursors);
  return { resolvers: [new AuditResolver(list), new ViewerAuditResolver(list)], workers: [new ChainWatch(orm, log)] };
}
