/** Cohere v2 chat: https://docs.cohere.com/reference/chat (providers 4.7). No client speaks it. Left out: documents, whose place is the request's rest. */
import { watchOf } from '../metering/codec-watch.ts';
import type { Codec } from '../dialect.ts';
import { readRefusal } from '../upstream-refusal.ts';
import { newReader, readAnswer } from './reader.ts';
import { writeRequest } from './request-writer.ts';

const mark = Buffer.from('"message-end"');

export const cohereChat: Codec = {
  name: 'cohere-chat',
  path: '/v2/chat',
  clientHeaders: [],
  headers: [],
  holdsEnd: (piece) => piece.includes(mark),
  watch: watchOf({ newReader, readAnswer }, (event, data) => event === 'message-end' || data.includes('"message-end"')),
  writeRequest, newReader, readAnswer,
  readFailure: readRefusal,
};
