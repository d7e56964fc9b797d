/** Envelopes and status codes of the façade (management-api 3): the body always holds `success` and `message`. */
import type { GraphQLError } from 'graphql';
import type { RequestContext } from '../kernel/context.ts';
import { jsonAnswer, type HttpAnswer } from '../kernel/http/http-message.ts';
import { say } from '../kernel/words/messages.ts';
import type { Limited } from '../kernel/rate-limits.ts';

const statusOf: Record<string, number> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, STEP_UP_REQUIRED: 403, STATE_MISMATCH: 403, SESSION_NEEDED: 401, SWITCHED_OFF: 403, CSRF_REQUIRED: 403, INVALID_ID: 400, BAD_USER_INPUT: 400, NOT_FOUND: 404, THROTTLED: 429,
  COST_EXCEEDED: 400, NOT_ALLOWED: 200, PAGINATION_TOO_DEEP: 400, TIMEOUT: 504,
};

/** No shared cache may keep an answer: even some GETs of this contract change state. */
export const answer = (status: number, body: unknown): HttpAnswer => jsonAnswer(status, body, [['cache-control', 'no-store']]);

export const refusal = (status: number, message: string, code?: string): HttpAnswer =>
  answer(status, { success: false, message, ...(code ? { code } : {}) });

export function tooMany({ retryAfterMs }: Limited, { language }: Pick<RequestContext, 'language'>): HttpAnswer {
  const refused = refusal(429, say('too_many_requests', language), 'too_many_requests');
  return { ...refused, headers: [...refused.headers, ['retry-after', String(Math.ceil(retryAfterMs / 1_000))]] };
}

/** Status of a GraphQL error; anything that no rule names is ours: 500. */
export function errorStatus(error: GraphQLError): number {
  const { code } = error.extensions;
  if (typeof code === 'string' && statusOf[code]) return statusOf[code];
  // Before any field ran: a variable does not fit its type. The documents are ours, so it is the caller's value.
  return error.path ? 500 : 400;
}
