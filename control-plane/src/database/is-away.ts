import { ConnectionException } from '@mikro-orm/core';

/** SQLSTATE classes 08, 53 (no memory, disk or connection left), 57P and 58 (its files cannot be read), and what sockets say. */
const codes = /^(08\w{3}|53\w{3}|57P0[1-5]|58\w{3}|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN)$/;

/** Whether PostgreSQL could not be reached: not our bug and not the caller's fault, and worth another try. */
export function isDatabaseAway(error: unknown): boolean {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof ConnectionException || /Connection terminated|timeout exceeded when trying to connect|is not queryable/i.test(one.message)) return true;
    if ('code' in one && typeof one.code === 'string' && codes.test(one.code)) return true;
    if (one instanceof AggregateError && one.errors.some(isDatabaseAway)) return true;
  }
  return false;
}
