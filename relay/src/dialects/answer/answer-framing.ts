/** How the events of a streamed answer stand on the wire (dialects 6.1, 9.2). */
import { writeSse } from '../../framing/sse-writer.ts';
import type { Frame } from '../dialect.ts';

/** One for each answer: a list must know whether it has begun. */
export interface AnswerFraming {
  readonly contentType: string;
  /** Keeps a silent stream warm, between two events; undefined: nothing may stand there. */
  readonly keepAlive: string | undefined;
  write(frames: readonly Frame[]): string;
  /** What stands behind the last event. */
  end(): string;
  /** The end of an answer that failed, each text in a write of its own. What came before may have been cut inside an event. */
  fail(frames: readonly Frame[]): string[];
}

/** The blank line ends an event of which only a part came. */
export const sseFraming: AnswerFraming = {
  contentType: 'text/event-stream; charset=utf-8',
  keepAlive: ': PING\n\n',
  write: (frames) => frames.map(writeSse).join(''),
  end: () => '',
  fail: (frames) => [`\n\n${frames.map(writeSse).join('')}`],
};
