/** OpenAI Chat Completions: https://platform.openai.com/docs/api-reference/chat. */
import { sseFraming } from '../answer/answer-framing.ts';
import { answerEditor } from '../answer/answer-edits.ts';
import type { Dialect } from '../dialect.ts';
import { endsWith } from '../answer/end-mark.ts';
import { estimateInput } from '../metering/input-estimate.ts';
import { topModel } from '../answer/model-echo.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { writeAnswer } from './answer-writer.ts';
import { renderFailure, renderStreamFailure } from './failure.ts';
import { newReader, readAnswer } from './reader.ts';
import { readRequest } from './request.ts';
import { writeRequest } from './request-writer.ts';
import { rewrite, scan } from './scan.ts';
import { ChunkRepair } from './chunk-repair.ts';
import { usageChunkFilter } from './usage-chunk-filter.ts';
import { watch } from './watch.ts';
import { newWriter } from './writer.ts';

export const openaiChat: Dialect = {
  name: 'openai-chat',
  path: '/v1/chat/completions',
  memberNames: { audio: 'modalities', picture: 'modalities' },
  keyPlace: 'authorization',
  clientHeaders: ['openai-beta', 'idempotency-key'],
  headers: [],
  holdsEnd: endsWith('[DONE]'),
  scan, rewrite, watch,
  editAnswer: (edits) => answerEditor(edits, { usageChunk: usageChunkFilter, repair: () => new ChunkRepair(), model: topModel }),
  readRequest, writeRequest, newReader, newWriter, readAnswer, writeAnswer,
  estimateInput,
  readFailure: readRefusal,
  renderFailure, renderStreamFailure,
  newFraming: () => sseFraming,
};
