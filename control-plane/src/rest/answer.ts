/** Envelopes and status codes of the façade (management-api 3): the body always holds `success` and `message`. */
import type { GraphQLError } from 'graphql';

export interface RestAnswer {
  status: number;
  headers: readonly (readonly [string, string])[];
  body: string;
}

const statusOf: Record<string, number> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, CSRF_REQUIRED: 403, INVALID_ID: 400, BAD_USER_INPUT: 400, NOT_FOUND: 404, THROTTLED: 429,
  COST_EXCEEDED: 400, PAGINATION_TOO_DEEP: 400, TIMEOUT: 504,
};

const json = [['content-type', 'application/json; charset=utf-8']] as const;

export const answer = (status: number, body: unknown, headers: RestAnswer['headers'] = []): RestAnswer =>
  ({ status, headers: [...json, ...headers], body: JSON.stringify(body) });

export const refusal = (status: number, message: string, code?: string): RestAnswer =>
  answer(status, { success: false, message, ...(code ? { code } : {}) });

/** Status of a GraphQL error; anything that no rule names is ours: 500. */
export function errorStatus(error: GraphQLError): number {
  const { code } = error.extensions;
  if (typeof code === 'string' && statusOf[code]) return statusOf[code];
  // Raised by graphql-js itself when a variable does not fit its type: the caller's value, not our fault.
  return code === undefined && !error.originalError && !error.path ? 400 : 500;
}

/** Clients written against upstream read the body only: with the option off, a refusal of a handler is a 200 (D7). */
export const lenient = (given: RestAnswer): RestAnswer => ([400, 403, 404].includes(given.status) ? { ...given, status: 200 } : given);
