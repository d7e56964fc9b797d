/** Headers of every answer (SES-05). The console has no inline script; Mantine writes inline styles. */
import type { HttpAnswer } from '../../kernel/http/http-message.ts';

/** @param widget origin of the human check, which needs a script and a frame */
export const contentSecurity = (widget = ''): string => [
  "default-src 'none'", `script-src 'self' ${widget}`.trim(), ...(widget ? [`frame-src ${widget}`] : []), "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "font-src 'self' data:",
  "connect-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

const usualPolicy = contentSecurity();

export function secured(answer: HttpAnswer, { requestId, traceparent }: { requestId: string; traceparent: string }, isTls: boolean): HttpAnswer {
  const headers: [string, string][] = [
    ...answer.headers,
    ['x-oneapi-request-id', requestId],
    ['x-request-id', requestId],
    ['traceparent', traceparent],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
  ];
  if (!headers.some(([name]) => name === 'content-security-policy')) headers.push(['content-security-policy', usualPolicy]);
  if (isTls) headers.push(['strict-transport-security', 'max-age=31536000; includeSubDomains']);
  if (!headers.some(([name]) => name === 'cache-control')) headers.push(['cache-control', 'no-store']);
  return { ...answer, headers };
}
