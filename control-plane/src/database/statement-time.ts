/**
 * Statements that somebody waits for end with the waiting: a question that was given up must not go on in the database (GQL-04). Work in the
 * background has no such limit, and shares the connections.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';

const limit = new AsyncLocalStorage<number>();

/** Every statement that the work sends is ended by PostgreSQL after so many milliseconds (SQLSTATE 57014). */
export const withStatementTime = <Result>(ms: number, work: () => Result): Result => limit.run(ms, work);

/** The driver's own; looked up at each call, as tests watch it there. */
function send(client: PoolClient, given: unknown[]): unknown {
  const { query } = Object.getPrototypeOf(client) as { query(this: PoolClient, ...given: unknown[]): unknown }; // oxlint-disable-line typescript/unbound-method -- called on its client
  return Reflect.apply(query, client, given);
}

const isAnswered = (given: readonly unknown[]): boolean => typeof given.at(-1) !== 'function' && !(typeof given[0] === 'object' && given[0] !== null && 'submit' in given[0]);

function watch(client: PoolClient): void {
  let set: number | undefined;
  const query = (...given: unknown[]): unknown => {
    const wanted = limit.getStore();
    if (wanted === set) return send(client, given);
    set = wanted;
    // When this fails, the connection is broken, and so does what follows it.
    const ready = (send(client, [wanted === undefined ? 'reset statement_timeout' : `set statement_timeout = ${wanted}`]) as Promise<unknown>).catch(() => { set = undefined; });
    // Cursors and callbacks are sent behind it: a connection does things in order.
    return isAnswered(given) ? ready.then(() => send(client, given)) : send(client, given);
  };
  client.query = query as typeof client.query;
}

/** For each connection of the pool: its limit follows the work that uses it. */
export function limitStatements(pool: Pool): void {
  pool.on('connect', watch);
}
