import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf, type Sql } from './sql.ts';

const mostTries = 3;

const isDeadlock = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === '40P01';

/** Settlement writes channels in an order of its own. Who loses against it did nothing yet, and tries again. */
export async function inTransaction<Result>(em: EntityManager, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await em.fork().transactional((inner) => work(sqlOf(inner)));
    } catch (fault) {
      if (!isDeadlock(fault) || tries === mostTries) throw fault;
    }
  }
}

const undone = new Error('A dry run is rolled back');

/** A dry run does the work as well, and undoes it: what would happen is said by the same statements. */
export async function orDryRun<Result>(em: EntityManager, dryRun: boolean, work: (em: EntityManager) => Promise<Result>): Promise<Result> {
  if (!dryRun) return em.transactional(work);
  let told: { result: Result } | undefined;
  await em.fork().transactional(async (inner) => {
    told = { result: await work(inner) };
    throw undone;
  }).catch((fault: unknown) => { if (fault !== undone) throw fault; });
  return told!.result;
}
