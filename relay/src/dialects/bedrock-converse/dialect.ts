/**
 * Amazon Bedrock Converse: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html (providers 4.4), its frames
 * already unframed. No client speaks it. Left out: guardrails and prompts, which are of the channel's account.
 */
import { watchOf } from '../metering/codec-watch.ts';
import type { Codec } from '../dialect.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { newReader, readAnswer } from './reader.ts';
import { writeRequest } from './request-writer.ts';

const mark = Buffer.from('event: messageStop');

export const bedrockConverse: Codec = {
  name: 'bedrock-converse',
  path: '/model',
  callPath: ({ model, stream }) => `/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`,
  clientHeaders: [],
  headers: [],
  holdsEnd: (piece) => piece.includes(mark),
  watch: watchOf({ newReader, readAnswer }, (event) => event === 'messageStop'),
  writeRequest, newReader, readAnswer,
  readFailure: readRefusal,
};
