import type { Failure } from '../../failure/failure.ts';
import type { JsonObject } from '../chat-event.ts';
import type { Frame, PassedAnswer } from '../dialect.ts';
import { openaiError } from '../openai-error.ts';

export const renderFailure = (failure: Failure, requestId: string) => ({ status: failure.status, body: { error: { ...openaiError(failure, requestId) } } });

/** Where the answer passed as bytes, or never began, its output cannot be repeated here. */
export function renderStreamFailure(failure: Failure, requestId: string, passed?: PassedAnswer): Frame[] {
  const known: JsonObject = passed ? { created_at: Math.floor(passed.startedAt / 1_000) } : {};
  return failureFrames(failure, requestId, (passed?.sequence ?? -1) + 1, { id: passed?.id ?? `resp_${requestId}`, object: 'response', ...known, output: [] });
}

/** Dialects 9.2: the error in both forms that clients of two generations read, then the response that failed. */
export function failureFrames(failure: Failure, requestId: string, sequence: number, response: JsonObject): Frame[] {
  const { type, code, message, param } = openaiError(failure, requestId);
  const said = { code, message, param: param === '' ? null : param };
  const failed = { ...response, status: 'failed', error: { code: failure.status === 429 ? 'rate_limit_exceeded' : 'server_error', message } };
  return [
    frame('error', sequence, { ...said, error: { type, ...said } }),
    frame('response.failed', sequence + 1, { response: failed }),
  ];
}

export const frame = (type: string, sequence: number, members: JsonObject): Frame =>
  ({ event: type, data: JSON.stringify({ type, sequence_number: sequence, ...members }) });
