/** Files of rows: asking for one, fetching it, and deleting what is old. */
import { setTimeout as pause } from 'node:timers/promises';
import { sqlOf } from '../../database/sql.ts';
import { exportFileRoute } from '../../features/export/export-file.route.ts';
import { forgetExports } from '../../features/export/export-job.ts';
import { ExportLinks } from '../../features/export/export-link.ts';
import { ExportResolver } from '../../features/export/export.resolver.ts';
import { ExportService } from '../../features/export/export.service.ts';
import type { RawRoute } from '../../kernel/http/raw-route.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { Loop } from '../../kernel/running/loop.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import { deriveKey } from '../../kernel/secret-box.ts';
import type { Foundation } from '../services.ts';
import type { JobSide } from './job-side.ts';

const hourMs = 60 * 60_000;

type Base = Pick<Foundation, 'orm' | 'clock' | 'config' | 'log'>;

export function exportSide({ orm, clock, config: { masterKey, publicUrl }, log }: Base, cursors: Cursors, jobs: Pick<JobSide, 'queue' | 'service'>): { resolvers: object[]; workers: Worker[]; rawRoutes: RawRoute[] } {
  const links = new ExportLinks(deriveKey(masterKey, 'export-link')), fork = () => orm.em.fork();
  const forgetting = new Loop('old exports', async (signal) => {
    await forgetExports(sqlOf(fork()), clock.now());
    await pause(hourMs, undefined, { signal, ref: false });
  }, log);
  return {
    resolvers: [new ExportResolver(new ExportService(jobs.queue, jobs.service, cursors), links, publicUrl)],
    workers: [forgetting],
    rawRoutes: [exportFileRoute(fork, links, log)],
  };
}
