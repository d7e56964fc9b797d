/** Anthropic Messages: https://docs.anthropic.com/en/api/messages. Left out: batches, files, token counting. */
import { sseFraming } from '../answer/answer-framing.ts';
import { answerEditor } from '../answer/answer-edits.ts';
import type { Dialect } from '../dialect.ts';
import { endsWith } from '../answer/end-mark.ts';
import { estimateInput } from '../metering/input-estimate.ts';
import { innerModel } from '../answer/model-echo.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { writeAnswer } from './answer-writer.ts';
import { renderFailure, renderStreamFailure } from './failure.ts';
import { newReader, readAnswer } from './reader.ts';
import { readRequest } from './request.ts';
import { writeRequest } from './request-writer.ts';
import { rewrite, scan } from './scan.ts';
import { watch } from './watch.ts';
import { newWriter } from './writer.ts';

const messageModel = innerModel('message');

/** Its streams have an event of their own for silence; they begin with their first one. */
const framing = { ...sseFraming, keepAlive: 'event: ping\ndata: {"type": "ping"}\n\n' };

export const anthropicMessages: Dialect = {
  name: 'anthropic-messages',
  path: '/v1/messages',
  toolNames: /^[A-Za-z0-9_-]{1,128}$/,
  keyPlace: 'api-key',
  clientHeaders: ['anthropic-version', 'anthropic-beta', 'idempotency-key'],
  headers: [['anthropic-version', '2023-06-01']],
  holdsEnd: endsWith('"message_stop"'),
  scan, rewrite, watch,
  editAnswer: (edits) => answerEditor(edits, { endless: true, model: messageModel }),
  readRequest, writeRequest, newReader, newWriter, readAnswer, writeAnswer,
  estimateInput,
  readFailure: readRefusal,
  renderFailure, renderStreamFailure,
  newFraming: () => framing,
};
