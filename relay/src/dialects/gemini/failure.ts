import { Failure } from '../../failure/failure.ts';
import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';
import { list, member, parseJson, text } from '../json-member.ts';
import { openaiError } from '../openai-error.ts';
import { cleaned, readRefusal } from '../upstream-refusal.ts';

/** https://cloud.google.com/apis/design/errors */
const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT', 401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'NOT_FOUND', 409: 'ABORTED', 413: 'INVALID_ARGUMENT', 429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED', 501: 'UNIMPLEMENTED', 503: 'UNAVAILABLE', 504: 'DEADLINE_EXCEEDED', 529: 'UNAVAILABLE',
};

/** `type` and `param` are not of the dialect, but some clients of gateways read them (relay-api 3). */
function errorBody(failure: Failure, requestId: string): JsonObject {
  const { type, message, param } = openaiError(failure, requestId);
  const seconds = failure.details.retryAfterSeconds;
  const details = seconds === undefined ? [] : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }];
  return { error: { code: failure.status, message, status: statuses[failure.status] ?? 'INTERNAL', details, type, param } };
}

export const renderFailure = (failure: Failure, requestId: string) => ({ status: failure.status, body: errorBody(failure, requestId) });

/** The framing says it in the two forms that official clients look for (dialects 9.2). */
export const renderStreamFailure = (failure: Failure, requestId: string): Frame[] => [{ event: undefined, data: JSON.stringify(errorBody(failure, requestId)) }];

const reasonsOfKeys = new Set(['API_KEY_INVALID', 'API_KEY_EXPIRED', 'API_KEY_SERVICE_BLOCKED', 'SERVICE_DISABLED', 'CONSUMER_SUSPENDED', 'BILLING_DISABLED']);

/** A stream that was asked for as a list refuses as a list. Some faults of our account come with 400 (providers 4.5). */
export function readFailure(status: number, body: Buffer): Failure {
  const parsed = parseJson(body.toString('utf8', 0, Math.min(body.length, 64 << 10)));
  const whole = Array.isArray(parsed) ? parsed[0] ?? null : parsed;
  const error = member(whole, 'error');
  const said = text(member(error, 'message')) ?? '';
  const kind = text(member(error, 'status'));
  const details = list(member(error, 'details'));
  const note = `${status} ${kind ?? ''} ${said}`.slice(0, 500);
  const ofKey = details.some((detail) => reasonsOfKeys.has(text(member(detail, 'reason')) ?? '')) || /API key (not valid|expired)/i.test(said);
  const ofPlace = kind === 'FAILED_PRECONDITION' && /location/i.test(said);
  if (ofKey || ofPlace) return new Failure('channel:invalid_key', { note });
  // Google's numbers are no words that clients of other dialects could branch on.
  const seconds = details.map((detail) => secondsOf(text(member(detail, 'retryDelay')))).find((each) => each !== undefined);
  const wait = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  // What it calls a quota is a rate, also where its words sound like a balance.
  if (status === 429) return new Failure('bad_response_status_code', { status, note, upstreamCode: 'rate_limit_exceeded', ...(said ? { say: cleaned(said) } : {}), ...wait });
  const usual = readRefusal(status, Buffer.from(JSON.stringify({ error: { message: said } })));
  return new Failure(usual.code, { ...usual.details, note, ...wait });
}

/** `34.4s`, rounded up. */
function secondsOf(delay: string | undefined): number | undefined {
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1] ?? NaN);
  return Number.isFinite(seconds) ? Math.ceil(seconds) : undefined;
}
