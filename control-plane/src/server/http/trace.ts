/** W3C trace context: a caller's trace goes on here, others begin one. The id stands in errors, logs and answers. */
import { randomUUID } from 'node:crypto';

const form = /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(?:$|-)/;

/** 32 hex digits. Node keeps such numbers in stock, so that one costs nothing to speak of. */
const newId = (): string => randomUUID().replaceAll('-', '');

const given = (headers: ReadonlyMap<string, string>): RegExpExecArray | null => {
  const text = headers.get('traceparent');
  return text === undefined ? null : form.exec(text);
};

/** What the answer carries: the trace of the request with a span of our own. */
export function traceparentOf(headers: ReadonlyMap<string, string>): string {
  const caller = given(headers);
  return `00-${caller?.[1] ?? newId()}-${newId().slice(16)}-${caller?.[2] ?? '00'}`;
}

/** Of the request's headers, where the door has written what it answers; a new one where there is none. */
export const traceIdOf = (headers: ReadonlyMap<string, string>): string => given(headers)?.[1] ?? newId();
