/** What pages of any site may read: the numbers of a key, for whoever holds it. No cookie counts there, so nothing is lent to a stranger (SES-04). */
import type { HttpAnswer, HttpMessage } from '../kernel/http/http-message.ts';

const open = /^\/api\/log\/token\/?$/;
const anyOrigin: [string, string] = ['access-control-allow-origin', '*'];

/** A browser's question before it sends an Authorization header. */
export function preflight({ method, path }: HttpMessage): HttpAnswer | undefined {
  if (method !== 'OPTIONS' || !open.test(path)) return undefined;
  return { status: 204, headers: [anyOrigin, ['access-control-allow-methods', 'GET'], ['access-control-allow-headers', 'authorization, accept-language'], ['access-control-max-age', '86400']], body: '' };
}

export const forAnyOrigin = ({ path }: HttpMessage, answer: HttpAnswer | undefined): HttpAnswer | undefined =>
  (answer && open.test(path) ? { ...answer, headers: [...answer.headers, anyOrigin] } : answer);
