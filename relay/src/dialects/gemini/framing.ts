/** Streams of this dialect: SSE without names, ends and comments, which official clients do not take; or one list (dialects 6.1). */
import type { AnswerFraming } from '../answer/answer-framing.ts';
import type { Frame } from '../dialect.ts';

const event = ({ data }: Frame): string => `data: ${data}\r\n\r\n`;

/** One official client looks for a failure in an event, another for one that is a write of its own, without its name. */
const sse: AnswerFraming = {
  contentType: 'text/event-stream; charset=utf-8',
  keepAlive: '\r\n',
  write: (frames) => frames.map(event).join(''),
  end: () => '',
  fail: (frames) => [`\r\n\r\n${frames.map(event).join('')}`, ...frames.map(({ data }) => data)],
};

class ListFraming implements AnswerFraming {
  readonly contentType = 'application/json';
  /** Where an element ends is not seen from outside. */
  readonly keepAlive = undefined;
  private begun: boolean;

  constructor(begun: boolean) { this.begun = begun; }

  write(frames: readonly Frame[]): string { return frames.map((frame) => this.element(frame)).join(''); }
  end(): string { return this.begun ? ']' : '[]'; }
  fail(frames: readonly Frame[]): string[] { return [`${this.write(frames)}${this.end()}`]; }

  private element({ data }: Frame): string {
    const lead = this.begun ? ',\r\n' : '[';
    this.begun = true;
    return lead + data;
  }
}

export const newFraming = (form?: 'json-array', begun = false): AnswerFraming => (form === 'json-array' ? new ListFraming(begun) : sse);
