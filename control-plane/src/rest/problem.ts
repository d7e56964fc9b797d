/**
 * Refusals as RFC 9457 has them, for callers that ask for `application/problem+json`: real statuses whatever the switch of the
 * compatible ones says, with our code beside the members of the standard (graphql-design 18).
 */
import type { RequestContext } from '../kernel/context.ts';
import type { HttpAnswer } from '../kernel/http/http-message.ts';
import { UserErrorCode } from '../kernel/words/user-error.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error', 504: 'Gateway Timeout',
};

const mediaType = 'application/problem+json';

export const wantsProblem = ({ headers }: Pick<RequestContext, 'headers'>): boolean => headers.get('accept')?.toLowerCase().includes(mediaType) ?? false;

const conflicts: readonly string[] = [UserErrorCode.TAKEN, UserErrorCode.CONFLICT, UserErrorCode.IN_USE, UserErrorCode.IMMUTABLE, UserErrorCode.IDEMPOTENCY_KEY_REUSED];
const denials: readonly string[] = [UserErrorCode.NOT_ALLOWED, UserErrorCode.DISABLED];

/** A rule of the product is 200 for compatible clients; here it is what HTTP calls it. */
export function ruleStatus(code: string): number {
  if (code === 'NOT_FOUND') return 404;
  if (conflicts.includes(code)) return 409;
  return denials.includes(code) ? 403 : 422;
}

interface Told { success?: boolean; message?: string; code?: string; data?: unknown }

/** As it is, unless it is a refusal. */
export function asProblem(answer: HttpAnswer, path: string): HttpAnswer {
  if (!answer.headers.some(([name, value]) => name === 'content-type' && value.startsWith('application/json'))) return answer;
  const { success, message, code, data } = JSON.parse(String(answer.body)) as Told;
  if (success !== false) return answer;
  // A refusal that is told in the words of a route of its own: that no name or body fits.
  const status = answer.status === 200 ? 422 : answer.status, detail = typeof data === 'string' ? data : message;
  const body = JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Refused', status, detail, instance: path, ...(code && { code }) });
  return { status, body, headers: [...answer.headers.filter(([name]) => name !== 'content-type'), ['content-type', `${mediaType}; charset=utf-8`]] };
}
