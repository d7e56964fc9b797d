/** OpenAI Chat Completions: https://platform.openai.com/docs/api-reference/chat. Left out: audio answers, n > 1 in conversions. */
import { Failure } from '../../failure/failure.ts';
import { answerEditor } from '../answer-edits.ts';
import type { Dialect } from '../dialect.ts';
import { estimateInput } from '../input-estimate.ts';
import { topModel } from '../model-echo.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { renderFailure, renderStreamFailure } from './failure.ts';
import { rewrite, scan } from './scan.ts';
import { usageChunkFilter } from './usage-chunk-filter.ts';
import { watch } from './watch.ts';

const unready = (): Failure => new Failure('convert_request_failed');

export const openaiChat: Dialect = {
  name: 'openai-chat',
  path: '/v1/chat/completions',
  clientHeaders: ['openai-beta', 'idempotency-key'],
  headers: [],
  scan, rewrite, watch,
  editAnswer: (edits) => answerEditor(edits, { usageChunk: usageChunkFilter, model: topModel }),
  readRequest: unready, writeRequest: unready, readAnswer: unready,
  newReader: () => ({ read: () => [], end: () => [] }), newWriter: () => ({ write: () => [] }), writeAnswer: () => null,
  estimateInput,
  readFailure: readRefusal,
  renderFailure, renderStreamFailure,
};
