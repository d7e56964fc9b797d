/**
 * OpenAI Responses: https://platform.openai.com/docs/api-reference/responses. Left out: stored answers, and in
 * conversions hosted tools other than a search of the web.
 */
import { sseFraming } from '../answer/answer-framing.ts';
import { answerEditor } from '../answer/answer-edits.ts';
import type { Dialect } from '../dialect.ts';
import { estimateInput } from '../metering/input-estimate.ts';
import { innerModel } from '../answer/model-echo.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { renderFailure, renderStreamFailure } from './failure.ts';
import { newReader, readAnswer } from './reader.ts';
import { readRequest } from './request.ts';
import { writeRequest } from './request-writer.ts';
import { rewrite, scan } from './scan.ts';
import { holdsEnd, watch } from './watch.ts';
import { newWriter, writeAnswer } from './writer.ts';

const responseModel = innerModel('response');

export const openaiResponses: Dialect = {
  name: 'openai-responses',
  path: '/v1/responses',
  keyPlace: 'authorization',
  memberNames: { messages: 'input', logprobs: 'top_logprobs' },
  clientHeaders: ['openai-beta', 'idempotency-key'],
  headers: [],
  holdsEnd,
  scan, rewrite, watch,
  editAnswer: (edits) => answerEditor(edits, { endless: true, model: responseModel }),
  readRequest, writeRequest, newReader, newWriter, readAnswer, writeAnswer,
  estimateInput,
  readFailure: readRefusal,
  renderFailure, renderStreamFailure,
  newFraming: () => sseFraming,
};
