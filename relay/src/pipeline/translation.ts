/** What stands between the upstream's bytes and the client's: nothing, a few edits, or another dialect. */
import type { AnswerReader, AnswerWriter, Frame } from '../dialects/dialect.ts';
import type { ChatEvent } from '../dialects/chat-event.ts';
import { Failure } from '../failure/failure.ts';
import { SseReader } from '../framing/sse-reader.ts';
import { writeSse } from '../framing/sse-writer.ts';

export interface Translation {
  push(chunk: Buffer): readonly (Buffer | string)[] | Failure;
  /** The upstream ended as it should: what must still be said. */
  end(): readonly (Buffer | string)[];
}

export const bytesOf = (frames: readonly Frame[]): string => frames.map(writeSse).join('');

/** Frames of the upstream's dialect become neutral events, and those frames of the client's. */
export class StreamConversion implements Translation {
  private readonly frames = new SseReader();
  private readonly reader: AnswerReader;
  private readonly writer: AnswerWriter;

  constructor(reader: AnswerReader, writer: AnswerWriter) {
    this.reader = reader;
    this.writer = writer;
  }

  push(chunk: Buffer): string[] | Failure {
    const frames = this.frames.push(chunk);
    return frames instanceof Failure ? frames : this.written(frames.flatMap((frame) => this.reader.read(frame)));
  }

  end(): string[] {
    const last = this.frames.end().flatMap((frame) => this.reader.read(frame));
    return this.written([...last, ...this.reader.end()]);
  }

  /** All events of one chunk go out in one write. */
  private written(events: readonly ChatEvent[]): string[] {
    const text = bytesOf(events.flatMap((event) => this.writer.write(event)));
    return text === '' ? [] : [text];
  }
}

