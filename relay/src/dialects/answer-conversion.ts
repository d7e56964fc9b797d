/** The answer of an upstream in the words of its client, where the two speak different dialects. */
import { Failure } from '../failure/failure.ts';
import { SseReader } from '../framing/sse-reader.ts';
import { writeSse } from '../framing/sse-writer.ts';
import type { ChatEvent } from './chat-event.ts';
import type { AnswerReader, AnswerReport, AnswerWatch, AnswerWriter, Dialect, Frame, ReaderOptions, WriterOptions } from './dialect.ts';
import { parseLossless } from './lossless-json.ts';
import { cleaned } from './upstream-refusal.ts';

export interface Route { from: Dialect; to: Dialect; reading: ReaderOptions; writing: WriterOptions }

/** A stream, piece by piece. What it returns goes to the client at once; empty: nothing to send yet. */
export class StreamConversion {
  private readonly route: Route;
  private readonly framing = new SseReader();
  private readonly reader: AnswerReader;
  private readonly writer: AnswerWriter;
  private readonly watch: AnswerWatch;
  private begun = false;
  /** The upstream failed before it answered anything: nothing was written, and another channel may be tried. */
  refusal: Failure | undefined;

  constructor(route: Route) {
    this.route = route;
    this.reader = route.from.newReader(route.reading);
    this.writer = route.to.newWriter(route.writing);
    this.watch = route.from.watch({ stream: true, usage: route.reading.usage });
  }

  push(chunk: Buffer): string {
    this.watch.see(chunk);
    const frames = this.framing.push(chunk);
    return frames instanceof Failure ? this.write([{ type: 'answer-failure', message: frames.say }, { type: 'answer-end' }]) : this.read(frames);
  }

  /** The connection ended: what must still be said, an error too. */
  end(): string { return this.read(this.framing.end()) + this.write(this.reader.end()); }

  report(): AnswerReport { return this.watch.report(); }

  private read(frames: readonly Frame[]): string {
    return this.write(frames.flatMap((frame) => this.reader.read(frame)));
  }

  private write(events: readonly ChatEvent[]): string {
    let written = '';
    for (const event of events) {
      if (this.refusal) return written;
      if (event.type === 'answer-start') this.begun = true;
      if (event.type === 'answer-failure' && !this.begun) this.refusal = refusalOf(event);
      else written += this.writer.write(named(event, this.route.writing)).map(writeSse).join('');
    }
    return written;
  }
}

/**
 * A whole answer. Where the client wants a stream and the upstream gave none, it becomes a stream of one piece.
 *
 * @returns a Failure when it is not an answer: nothing was written, and another channel may be tried
 */
export function convertBody(body: Buffer, route: Route, stream: boolean): string | Failure {
  const parsed = parseLossless(body.toString('utf8'));
  if (parsed === undefined) return new Failure('bad_response_body', { note: 'not JSON' });
  const read = route.from.readAnswer(parsed, route.reading);
  if (read instanceof Failure) return read;
  const events = read.map((event) => named(event, route.writing));
  const failed = events.find((event) => event.type === 'answer-failure');
  if (failed) return refusalOf(failed);
  if (!stream) return JSON.stringify(route.to.writeAnswer(events, route.writing));
  const writer = route.to.newWriter(route.writing);
  return events.flatMap((event) => writer.write(event)).map(writeSse).join('');
}

/** A call under the name by which the client knows its tool. */
function named(event: ChatEvent, { toolNames }: WriterOptions): ChatEvent {
  if (!toolNames?.size || event.type !== 'part-start' || event.part.kind !== 'tool-call') return event;
  return { ...event, part: { ...event.part, name: toolNames.get(event.part.name) ?? event.part.name } };
}

const refusalOf = (event: ChatEvent & { type: 'answer-failure' }): Failure =>
  new Failure('bad_response_body', { say: cleaned(event.message), ...(event.kind === undefined ? {} : { upstreamCode: event.kind }) });
