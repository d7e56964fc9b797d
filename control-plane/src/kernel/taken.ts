/** Names that only one row may have: the database decides between two that come together. */
import { UniqueConstraintViolationException, type EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from './context.ts';
import { refusal } from './words/refusal.ts';
import { UserErrorCode, type PlainError } from './words/user-error.ts';

export const isTaken = (ctx: RequestContext, path: string[]): PlainError => refusal(ctx, UserErrorCode.TAKEN, 'name_taken', path);

/** Runs the work, or undefined when a unique name was taken in this moment. What it wrote is undone with it. */
export async function unlessTaken<Result>(em: EntityManager, work: (em: EntityManager) => Promise<Result>): Promise<Result | undefined> {
  try {
    return await em.transactional(work);
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return undefined;
    throw error;
  }
}

/** False: another row has the name. */
export async function insertUnlessTaken(em: EntityManager, row: object): Promise<boolean> {
  return (await unlessTaken(em, async (inner) => { await inner.persist(row).flush(); return true; })) === true;
}
