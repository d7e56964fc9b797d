import { isCodec, type Wire } from '../../dialects/dialect.ts';
import { member, parseJson } from '../../dialects/json-member.ts';
import { soundEvents } from '../../endpoints/sound-events.ts';
import { Failure } from '../../failure/failure.ts';
import { ListedEvents } from '../../framing/listed-events.ts';
import { type Unframe, unframeFor } from '../../framing/unframe.ts';
import type { AnswerSink, UpstreamAnswer } from '../../upstream/upstream.ts';
import type { Received } from '../entry/received.ts';

/** The answer as SSE, where its upstream frames it in another way, or where its client asked for events of a sound (relay-api 4); else as it is. */
export function unframed(answer: UpstreamAnswer, dialect: Wire, request: Pick<Received, 'dialect' | 'body' | 'facts'>): UpstreamAnswer {
  const type = answer.header('content-type');
  if (request.facts.streamForm && dialect.name === request.dialect.name && type?.startsWith('text/event-stream')) return new UnframedAnswer(answer, new ListedEvents(endsAnswer), 'application/json');
  if (request.dialect.name === 'speech' && isSound(type) && asksForEvents(request.body)) return new UnframedAnswer(answer, soundEvents);
  const unframe = (isCodec(dialect) && !type?.startsWith('application/json') ? dialect.unframe?.() : undefined) ?? unframeFor(type);
  return unframe ? new UnframedAnswer(answer, unframe) : answer;
}

const isSound = (type: string | undefined): boolean => type === undefined || /^(?:audio\/|application\/octet-stream)/.test(type);

const sse = Buffer.from('"sse"');

function asksForEvents(body: Buffer): boolean {
  return body.includes(sse) && member(parseJson(body.toString('utf8')), 'stream_format') === 'sse';
}

const ends = /"(?:finishReason|blockReason)"\s*:\s*"/;
const endsAnswer = (data: string): boolean => ends.test(data);

class UnframedAnswer implements UpstreamAnswer {
  readonly status: number;
  private readonly contentType: string;
  private readonly answer: UpstreamAnswer;
  private readonly unframe: Unframe;
  private over = false;

  constructor(answer: UpstreamAnswer, unframe: Unframe, contentType = 'text/event-stream') {
    this.contentType = contentType;
    this.status = answer.status;
    this.answer = answer;
    this.unframe = unframe;
  }

  get fields(): readonly string[] { return this.answer.fields; }

  header(name: string): string | undefined { return name === 'content-type' ? this.contentType : this.answer.header(name); }

  start(sink: AnswerSink): void {
    const end = (): void => { this.pass(sink, this.unframe.end(), true); };
    this.answer.start({
      onData: (chunk, last) => {
        if (this.pass(sink, this.unframe.push(chunk), false) && last) end();
      },
      onEnd: end,
      onFailure: (failure) => { if (!this.over) sink.onFailure(failure); },
    });
  }

  pause(): void { this.answer.pause(); }
  resume(): void { this.answer.resume(); }
  cancel(): void { this.over = true; this.answer.cancel(); }

  /** Whether there is more to pass. */
  private pass(sink: AnswerSink, events: readonly Buffer[] | Failure, last: boolean): boolean {
    if (this.over) return false;
    if (events instanceof Failure) {
      this.cancel();
      sink.onFailure(events);
      return false;
    }
    if (events.length > 0) sink.onData(Buffer.concat(events), last);
    else if (last) sink.onEnd();
    return true;
  }
}
