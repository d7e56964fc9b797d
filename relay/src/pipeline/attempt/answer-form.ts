/** In what form an answer came, which is how it is opened and delivered. */
import { isDialect } from '../../dialects/dialect.ts';
import type { UpstreamAnswer } from '../../upstream/upstream.ts';
import type { Received } from '../entry/received.ts';

export interface AnswerForm {
  /** Events, which open with the first of them; else a whole answer, which opens with its last byte. */
  readonly stream: boolean;
  /** Sound, subtitles: nothing in it has to be understood, and it opens with its first byte. */
  readonly bytes: boolean;
}

/** Chat answers in the form that was asked for. At the other endpoints the answer says itself what it is. */
export function answerFormOf({ dialect, facts }: Received, answer: UpstreamAnswer): AnswerForm {
  if (isDialect(dialect)) return { stream: facts.stream, bytes: false };
  const type = answer.header('content-type') ?? '';
  const stream = type.startsWith('text/event-stream');
  return { stream, bytes: !stream && dialect.passesBytes === true && !type.startsWith('application/json') };
}
