/** W3C trace context: a caller's trace goes on here, others begin one. The id stands in errors, logs and answers. */
import { randomBytes } from 'node:crypto';

const form = /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(?:$|-)/;

/** What the answer carries: the trace of the request with a span of our own. */
export function traceparentOf(headers: ReadonlyMap<string, string>): string {
  const given = form.exec(headers.get('traceparent') ?? '');
  return `00-${given?.[1] ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${given?.[2] ?? '00'}`;
}

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
