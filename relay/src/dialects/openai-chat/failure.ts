import type { Failure } from '../../failure/failure.ts';
import type { JsonObject } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';

/** Relay-api 3: a bad address, a missing model and a request that cannot be expressed are the caller's; the rest is ours. */
const asInvalidRequest = new Set(['invalid_url', 'unknown_model', 'convert_request_failed']);
const words: Readonly<Record<string, string>> = { unknown_model: 'model_not_found' };

function errorBody(failure: Failure, requestId: string): JsonObject {
  const code = failure.details.upstreamCode ?? words[failure.code] ?? failure.code;
  return { error: { message: `${failure.say} (request id: ${requestId})`, type: typeOf(failure), param: failure.details.param ?? '', code } };
}

function typeOf(failure: Failure): string {
  if (asInvalidRequest.has(failure.code)) return 'invalid_request_error';
  if (failure.entry.blame !== 'upstream') return 'new_api_error';
  if (failure.details.upstreamType) return failure.details.upstreamType;
  // A refusal that the client caused reads like the provider's own, so that its library raises the right exception.
  if (failure.status === 400 || failure.status === 413) return 'invalid_request_error';
  return failure.status === 429 ? 'rate_limit_error' : 'upstream_error';
}

export const renderFailure = (failure: Failure, requestId: string) => ({ status: failure.status, body: errorBody(failure, requestId) });

export const renderStreamFailure = (failure: Failure, requestId: string): Frame[] => [
  { event: undefined, data: JSON.stringify(errorBody(failure, requestId)) },
  { event: undefined, data: '[DONE]' },
];
