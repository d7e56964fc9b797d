/** How many rows a statement finds: exact up to 10,000, and within 300 ms, after which the planner's guess is answered (graphql-design 4). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import { isOutOfTime } from '../out-of-time.ts';
import { Count, CountPrecision } from './page.ts';

export const longestCount = 10_000;
/** What is left of the 300 ms is for the guess, and for a machine that has other things to do. */
const budgetMs = 200;

/** In the transaction of `em`, if it has one; parameters as $1. */
const ask = async <Row>(em: EntityManager, text: string, values: readonly unknown[]): Promise<Row> =>
  (await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows[0]!;

interface Explained { 'QUERY PLAN': string | { Plan: { 'Plan Rows': number } }[] }

async function estimate(em: EntityManager, text: string, values: readonly unknown[]): Promise<Count> {
  const told = (await ask<Explained>(em, `explain (format json) ${text}`, values))['QUERY PLAN'];
  const plan = typeof told === 'string' ? JSON.parse(told) as Exclude<typeof told, string> : told;
  return new Count(Math.round(plan[0]!.Plan['Plan Rows']), CountPrecision.ESTIMATE);
}

/** @param text a whole select, without a limit */
export async function countWithin(em: EntityManager, text: string, values: readonly unknown[] = [], ms = budgetMs): Promise<Count> {
  try {
    return await em.fork().transactional(async (inner) => {
      await ask(inner, `select set_config('statement_timeout', $1, true)`, [String(ms)]);
      const { count } = await ask<{ count: number }>(inner, `select count(*)::int as count from (${text} limit ${longestCount + 1}) as found`, values);
      return count > longestCount ? new Count(longestCount, CountPrecision.AT_LEAST) : new Count(count);
    });
  } catch (fault) {
    if (!isOutOfTime(fault)) throw fault;
    return estimate(em.fork(), text, values);
  }
}
