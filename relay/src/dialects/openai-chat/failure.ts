import type { Failure } from '../../failure/failure.ts';
import type { Frame } from '../dialect.ts';
import { openaiError } from '../openai-error.ts';

const errorBody = (failure: Failure, requestId: string) => ({ error: { ...openaiError(failure, requestId) } });

export const renderFailure = (failure: Failure, requestId: string) => ({ status: failure.status, body: errorBody(failure, requestId) });

export const renderStreamFailure = (failure: Failure, requestId: string): Frame[] => [
  { event: undefined, data: JSON.stringify(errorBody(failure, requestId)) },
  { event: undefined, data: '[DONE]' },
];
