import { openaiError } from '../dialects/openai-error.ts';
import type { Failure } from '../failure/failure.ts';

/** The event that says why a session ends (relay-api 3). */
export const errorFrame = (failure: Failure, requestId: string): Buffer =>
  Buffer.from(JSON.stringify({ type: 'error', event_id: `evt_${requestId}`, error: { ...openaiError(failure, requestId) } }));
