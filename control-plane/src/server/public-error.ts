/** What a caller may see of a fault: our own codes, no stack, no database text, no hints at names that they cannot list. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { RequestContext } from '../kernel/context.ts';
import { isDatabaseAway } from '../database/is-away.ts';
import { isOutOfTime } from '../kernel/out-of-time.ts';
import { say } from '../kernel/words/messages.ts';
import { withoutValues } from '../kernel/words/error-text.ts';

const codes: Record<string, string> = { INTERNAL_SERVER_ERROR: 'INTERNAL', OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT' };

/** The error that a resolver threw, whatever graphql-js wrapped around it. */
export function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

const withoutHints = (message: string): string => message.replace(/ ?Did you mean .*$/s, '');

/** By which an answer is found again in logs and traces. */
export const identityOf = ({ requestId, traceId }: Pick<RequestContext, 'requestId' | 'traceId'>): { requestId: string; traceId: string } => ({ requestId, traceId });

const mostErrors = 20;

/** At most twenty, each with the ids of its request; a right that is missing is told once for a field, not once for each row. */
export function toldOnce(errors: readonly GraphQLFormattedError[], context: Pick<RequestContext, 'requestId' | 'traceId'>): GraphQLFormattedError[] {
  const seen = new Set<string>();
  const told = errors.filter(({ extensions, path }) => {
    if (extensions?.code !== 'FORBIDDEN') return true;
    const field = (path ?? []).filter((step) => typeof step === 'string').join('.');
    return !seen.has(field) && Boolean(seen.add(field));
  });
  return told.slice(0, mostErrors).map((error) => ({ ...error, extensions: { ...error.extensions, ...identityOf(context) } }));
}

/** A thrown GraphQLError is news for the caller; anything else is our bug: logged once here, told as INTERNAL. */
export function publicError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const { locations, path } = formatted;
  const root = rootOf(error);
  const given = formatted.extensions?.code;
  const isOurs = !(root instanceof GraphQLError) || given === 'INTERNAL_SERVER_ERROR';
  if (isOurs && isDatabaseAway(root)) {
    log.warn({ err: root, path }, 'the database is away');
    return { message: 'The database cannot be reached, try again', ...(path && { path }), extensions: { code: 'UNAVAILABLE' } };
  }
  // Its caller has been answered, or reads over REST: either way it was too much to ask.
  if (isOurs && isOutOfTime(root)) return { message: say('took_too_long', 'en'), ...(path && { path }), extensions: { code: 'TIMEOUT' } };
  if (isOurs) {
    log.error({ err: root, path }, 'a field failed');
    return { message: 'Server error', ...(path && { path }), extensions: { code: 'INTERNAL' } };
  }
  const { stacktrace: _unused, ...extensions } = { ...formatted.extensions };
  const code = typeof given === 'string' ? (codes[given] ?? given) : 'GRAPHQL_VALIDATION_FAILED';
  return { message: withoutHints(withoutValues(formatted.message)), ...(locations && { locations }), ...(path && { path }), extensions: { ...extensions, code } };
}

const statuses: Record<string, number> = {
  BAD_REQUEST: 400, GRAPHQL_PARSE_FAILED: 400, GRAPHQL_VALIDATION_FAILED: 422, BAD_USER_INPUT: 422, UNAUTHENTICATED: 401,
  FORBIDDEN: 403, STEP_UP_REQUIRED: 403, STATE_MISMATCH: 403, SESSION_NEEDED: 401, CSRF_REQUIRED: 403, COST_EXCEEDED: 422, DEPTH_EXCEEDED: 422, TOO_MANY_ALIASES: 422, TOO_MANY_FIELDS: 422,
  TOO_MANY_DIRECTIVES: 422, DOCUMENT_NOT_FOUND: 422, DOCUMENT_NOT_TRUSTED: 422, DOCUMENT_TOO_LARGE: 413, THROTTLED: 429, TIMEOUT: 504, UNAVAILABLE: 503, INTERNAL: 500, METHOD_NOT_ALLOWED: 405,
};
/** Business of one field: the answer is still an answer. */
const fieldMatters = new Set(['PAGINATION_TOO_DEEP', 'CURSOR_MISMATCH', 'INVALID_ID', 'NOT_IMPLEMENTED_HERE']);

/** HTTP status of a GraphQL answer (graphql-design 7): 200 as soon as something resolved. */
export function statusOf(result: { data?: unknown; errors?: readonly GraphQLFormattedError[] }): number {
  const [first] = result.errors ?? [];
  const resolved = result.data !== null && result.data !== undefined && Object.values(result.data).some((value) => value !== null);
  if (!first || resolved) return 200;
  const code = String(first.extensions?.code);
  return fieldMatters.has(code) ? 200 : (statuses[code] ?? 500);
}
