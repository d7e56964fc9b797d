/** The answer of an upstream in the words of its client, where the two speak different dialects. */
import { Failure } from '../../failure/failure.ts';
import { withoutMark } from '../../framing/byte-order-mark.ts';
import { isBlank } from '../../framing/frame.ts';
import { SseReader } from '../../framing/sse-reader.ts';
import type { AnswerFraming } from './answer-framing.ts';
import { type AnswerStep, throughSteps } from '../steps/answer-step.ts';
import type { ChatEvent } from '../chat-event.ts';
import type { AnswerReader, AnswerWriter, Codec, Dialect, Frame, ReaderOptions, WriterOptions } from '../dialect.ts';
import { parseLossless } from '../lossless-json.ts';
import { lostParts } from './lost-parts.ts';
import { readBreak } from '../upstream-refusal.ts';

export interface Route {
  from: Codec;
  to: Dialect;
  reading: ReaderOptions;
  writing: WriterOptions;
  /** What happens to the events on their way; made anew for each answer. */
  steps?: readonly (() => AnswerStep)[];
  /** The upstream streams what the client wants whole. */
  putTogether?: boolean;
  /** Told what of a whole answer cannot be shown. */
  lost?: (loss: string) => void;
}

/**
 * A stream, piece by piece. When the upstream breaks down or breaks off nothing more is written: how that is said, and whether
 * it is said at all, is for whoever delivers.
 */
export class StreamConversion {
  private readonly names: WriterOptions['toolNames'];
  private readonly framing = new SseReader();
  private readonly reader: AnswerReader;
  private readonly writer: AnswerWriter;
  private readonly form: AnswerFraming;
  private readonly steps: readonly AnswerStep[];
  /** The upstream said that it failed, or said what makes no sense. */
  broken: Failure | undefined;

  constructor({ from, to, reading, writing, steps = [] }: Route, framing: AnswerFraming = to.newFraming()) {
    this.form = framing;
    this.steps = steps.map((make) => make());
    this.names = writing.toolNames;
    this.reader = from.newReader(reading);
    this.writer = to.newWriter(writing);
  }

  /** All events of one chunk go out in one write. Failure: an event above the cap of the framing. */
  push(chunk: Buffer): string[] | Failure {
    const frames = this.framing.push(chunk);
    return frames instanceof Failure ? frames : this.written(frames);
  }

  /** The upstream ended: what must still be said. */
  end(): string[] {
    const last = this.written(this.framing.end());
    const rest = [...last, ...this.write(this.reader.end())];
    const end = this.broken ? '' : this.form.end();
    return end === '' ? rest : [...rest, end];
  }

  /** In terms of what was written; undefined: the dialect needs none of it. */
  fail(failure: Failure): readonly Frame[] | undefined { return this.writer.fail?.(failure); }

  private written(frames: readonly Frame[]): string[] {
    return this.write(frames.flatMap((frame) => (isBlank(frame) ? [] : this.reader.read(frame))));
  }

  private write(events: readonly ChatEvent[]): string[] {
    let text = '';
    for (const event of this.steps.length ? throughSteps(events, this.steps) : events) {
      if (event.type === 'answer-failure') this.broken ??= readBreak('answer_cut', event.message, event.kind);
      if (!this.broken) text += this.form.write(this.writer.write(named(event, this.names)));
    }
    return text === '' ? [] : [text];
  }
}

/** A whole answer. Failure: it is none, or says that it failed. */
export function convertBody(body: Buffer, { from, to, reading, writing, putTogether, lost, steps = [] }: Route): string | Failure {
  const events = putTogether ? readStream(body, from, reading) : readBody(body, from, reading);
  if (events instanceof Failure) return events;
  const failed = events.find((event) => event.type === 'answer-failure');
  if (failed) return new Failure('bad_response_body', { note: `${failed.kind ?? ''} ${failed.message}`.slice(0, 500) });
  if (lost) for (const loss of lostParts(events, to.name)) lost(loss);
  return JSON.stringify(to.writeAnswer(throughSteps(events, steps.map((make) => make())).map((event) => named(event, writing.toolNames)), writing));
}

function readBody(body: Buffer, from: Codec, reading: ReaderOptions): ChatEvent[] | Failure {
  const parsed = parseLossless(withoutMark(body).toString('utf8'));
  return parsed === undefined ? new Failure('bad_response_body', { note: 'not JSON' }) : from.readAnswer(parsed, reading);
}

/** A stream that is complete. */
function readStream(body: Buffer, from: Codec, reading: ReaderOptions): ChatEvent[] | Failure {
  const framing = new SseReader(), reader = from.newReader(reading);
  const frames = framing.push(body);
  return frames instanceof Failure ? frames : [...[...frames, ...framing.end()].flatMap((frame) => (isBlank(frame) ? [] : reader.read(frame))), ...reader.end()];
}

/** A call under the name by which the client knows its tool. */
function named(event: ChatEvent, names: WriterOptions['toolNames']): ChatEvent {
  if (!names?.size || event.type !== 'part-start' || event.part.kind !== 'tool-call') return event;
  return { ...event, part: { ...event.part, name: names.get(event.part.name) ?? event.part.name } };
}
