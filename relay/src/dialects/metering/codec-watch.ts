/** Reads along with answers in a language of upstreams alone. They are never passed, so reading them twice is the price of few codecs. */
import { Failure } from '../../failure/failure.ts';
import { SseReader } from '../../framing/sse-reader.ts';
import type { UsageTokens } from '../../gql/types.gen.ts';
import type { ChatEvent } from '../chat-event.ts';
import type { AnswerReader, AnswerReport, AnswerWatch, Codec, WatchOptions } from '../dialect.ts';
import { parseLossless } from '../lossless-json.ts';
import { TextMeter } from './text-meter.ts';

const capBytes = 64 << 20;

type Readers = Pick<Codec, 'newReader' | 'readAnswer'>;

/** @param isEnd whether this event is the one after which nothing of the answer is missing */
export const watchOf = (codec: Readers, isEnd: (event: string | undefined, data: string) => boolean) => ({ stream, usage }: WatchOptions): AnswerWatch =>
  (stream ? new EventWatch(codec.newReader(usage ? { usage } : {}), isEnd) : new WholeWatch((body) => codec.readAnswer(body, usage ? { usage } : {})));

class EventWatch implements AnswerWatch {
  private readonly framing = new SseReader();
  private readonly reader: AnswerReader;
  private readonly isEnd: (event: string | undefined, data: string) => boolean;
  private readonly heard = new Heard();
  private complete = false;

  constructor(reader: AnswerReader, isEnd: (event: string | undefined, data: string) => boolean) {
    this.reader = reader;
    this.isEnd = isEnd;
  }

  get failed(): boolean { return this.heard.failure !== undefined; }
  get whole(): boolean { return this.complete || this.heard.finished; }

  see(chunk: Buffer): void {
    const frames = this.framing.push(chunk);
    if (frames instanceof Failure) return;
    for (const frame of frames) {
      this.complete ||= this.isEnd(frame.event, frame.data);
      this.heard.take(this.reader.read(frame));
    }
  }

  report(): AnswerReport { return this.heard.report(this.whole); }
}

class WholeWatch implements AnswerWatch {
  private readonly read: (body: NonNullable<ReturnType<typeof parseLossless>>) => ChatEvent[] | Failure;
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(read: (body: NonNullable<ReturnType<typeof parseLossless>>) => ChatEvent[] | Failure) { this.read = read; }

  see(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes <= capBytes) this.pieces.push(chunk);
  }

  report(): AnswerReport {
    const heard = new Heard(), parsed = parseLossless(Buffer.concat(this.pieces).toString('utf8'));
    const events = parsed === undefined || parsed === null ? new Failure('bad_response_body', { note: 'not JSON' }) : this.read(parsed);
    if (events instanceof Failure) return { ...heard.report(false), failure: events };
    heard.take(events);
    return heard.report(heard.finished);
  }
}

/** What the events of one answer say. */
class Heard {
  finished = false;
  failure: Failure | undefined;
  private tokens: UsageTokens | undefined;
  private readonly meter = new TextMeter();

  take(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (event.type === 'usage-report') this.tokens = event.tokens;
      else if (event.type === 'answer-finish') this.finished = true;
      else if (event.type === 'answer-failure') this.failure = new Failure('answer_cut', { note: `${event.kind ?? ''} ${event.message}`.trim().slice(0, 500) });
      else if (event.type === 'text-delta' || event.type === 'arguments-delta') this.meter.add(Buffer.from(event.text));
    }
  }

  report(complete: boolean): AnswerReport {
    const { tokens, failure } = this;
    return { tokens, begun: undefined, complete: complete && !failure, failure, receivedTokens: tokens?.output ?? this.meter.tokens };
  }
}
