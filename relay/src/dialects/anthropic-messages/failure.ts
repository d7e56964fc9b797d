import type { Failure } from '../../failure/failure.ts';
import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error', 401: 'authentication_error', 403: 'permission_error', 404: 'not_found_error', 413: 'request_too_large',
  429: 'rate_limit_error', 503: 'overloaded_error', 504: 'timeout_error', 529: 'overloaded_error',
};

function errorBody(failure: Failure, requestId: string): JsonObject {
  const type = types[failure.status] ?? 'api_error';
  return { type: 'error', error: { type, message: `${failure.say} (request id: ${requestId})` }, request_id: requestId };
}

export const renderFailure = (failure: Failure, requestId: string) => ({ status: failure.status, body: errorBody(failure, requestId) });

/** No `message_stop` follows: the error is the end. */
export const renderStreamFailure = (failure: Failure, requestId: string): Frame[] => [
  { event: 'error', data: JSON.stringify(errorBody(failure, requestId)) },
];
