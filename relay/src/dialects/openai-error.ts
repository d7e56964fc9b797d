/** How both dialects of OpenAI say that something failed. */
import type { Failure } from '../failure/failure.ts';

/** Relay-api 3: a bad address, a missing model and a request that cannot be expressed are the caller's; the rest is ours. */
const asInvalidRequest = new Set(['invalid_url', 'unknown_model', 'convert_request_failed']);
const words: Readonly<Record<string, string>> = { unknown_model: 'model_not_found', invalid_url: '' };

export interface OpenaiError { message: string; type: string; param: string; code: string }

export function openaiError(failure: Failure, requestId: string): OpenaiError {
  const code = failure.details.upstreamCode ?? words[failure.code] ?? failure.code;
  return { message: `${failure.say} (request id: ${requestId})`, type: typeOf(failure), param: failure.details.param ?? '', code };
}

function typeOf(failure: Failure): string {
  if (asInvalidRequest.has(failure.code)) return 'invalid_request_error';
  if (failure.entry.blame !== 'upstream') return 'new_api_error';
  if (failure.details.upstreamType) return failure.details.upstreamType;
  // A refusal that the client caused reads like the provider's own, so that its library raises the right exception.
  if (failure.status === 400 || failure.status === 413) return 'invalid_request_error';
  return failure.status === 429 ? 'rate_limit_error' : 'upstream_error';
}
