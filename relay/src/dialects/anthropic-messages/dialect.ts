/** Anthropic Messages: https://docs.anthropic.com/en/api/messages. Left out: batches, files, token counting. */
import { Failure } from '../../failure/failure.ts';
import { answerEditor } from '../answer-edits.ts';
import type { Dialect } from '../dialect.ts';
import { estimateInput } from '../input-estimate.ts';
import { messageModel } from '../model-echo.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { renderFailure, renderStreamFailure } from './failure.ts';
import { rewrite, scan } from './scan.ts';
import { watch } from './watch.ts';

const unready = (): Failure => new Failure('convert_request_failed');

export const anthropicMessages: Dialect = {
  name: 'anthropic-messages',
  path: '/v1/messages',
  clientHeaders: ['anthropic-version', 'anthropic-beta', 'idempotency-key'],
  headers: [['anthropic-version', '2023-06-01']],
  scan, rewrite, watch,
  editAnswer: (edits) => answerEditor(edits, { model: messageModel }),
  readRequest: unready, writeRequest: unready, readAnswer: unready,
  newReader: () => ({ read: () => [], end: () => [] }), newWriter: () => ({ write: () => [] }), writeAnswer: () => null,
  estimateInput,
  readFailure: readRefusal,
  renderFailure, renderStreamFailure,
};
