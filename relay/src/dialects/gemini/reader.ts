/** Answers of this dialect as neutral events (dialects 6.3). A chunk of a stream has the shape of a whole answer. */
import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, Json } from '../chat-event.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readUsage } from '../metering/usage.ts';
import { CandidateReader, type Maker } from './candidate-reader.ts';
import { brokeDown } from './finish.ts';
import { given, givenList, givenNumber, givenText } from './given.ts';

export const newReader = (options: ReaderOptions = {}): AnswerReader => new Reader(options);

/** An unstreamed answer is one chunk; what was streamed as a list is a list of them. */
export function readAnswer(body: Json, options: ReaderOptions = {}): ChatEvent[] | Failure {
  const chunks = Array.isArray(body) ? body : [body];
  if (!chunks.some((chunk) => given(chunk, 'candidates') !== undefined || given(chunk, 'promptFeedback') !== undefined || member(chunk, 'error') !== undefined)) {
    return new Failure('bad_response_body', { note: 'no candidates' });
  }
  const reader = new Reader(options);
  return [...chunks.flatMap((chunk) => reader.chunk(chunk)), ...reader.end()];
}

class Reader implements AnswerReader {
  private readonly options: ReaderOptions;
  private readonly maker: Maker;
  private readonly candidates = new Map<number, CandidateReader>();
  private parts = 0;
  private started = false;
  private ended = false;
  private blocked: { reason: string; detail: string | undefined } | undefined;
  /** Every chunk reports anew: the last one counts, and is read at the end. */
  private usage: Json | undefined;

  constructor(options: ReaderOptions) {
    this.options = options;
    this.maker = { family: options.family ?? 'google', model: '', id: '' };
  }

  read(frame: Frame): ChatEvent[] {
    if (this.ended || frame.data.trim() === '[DONE]') return [];
    const chunk = parseLossless(frame.data);
    return chunk === undefined ? this.fail('The answer of the provider could not be read.') : list(Array.isArray(chunk) ? chunk : [chunk]).flatMap((each) => this.chunk(each));
  }

  chunk(chunk: Json): ChatEvent[] {
    if (this.ended) return [];
    const error = member(chunk, 'error');
    if (error !== undefined && error !== null) return this.fail(text(member(error, 'message')) ?? text(error) ?? 'The provider failed.', text(member(error, 'status')));
    const events = this.start(chunk);
    const usage = given(chunk, 'usageMetadata');
    if (usage !== undefined && (this.usage === undefined || saysSomething(usage))) this.usage = usage;
    const reason = givenText(given(chunk, 'promptFeedback'), 'blockReason');
    if (reason) this.blocked = { reason, detail: givenText(given(chunk, 'promptFeedback'), 'blockReasonMessage') };
    events.push(...givenList(chunk, 'candidates').flatMap((candidate) => this.candidate(candidate)));
    const broken = [...this.candidates.values()].find((one) => one.finish !== undefined && brokeDown.has(one.finish));
    return broken ? [...events, ...this.fail('The provider broke off its answer.', broken.finish)] : events;
  }

  end(): ChatEvent[] {
    if (this.ended) return [];
    const candidates = [...this.candidates.values()];
    const finished = candidates.some((one) => one.finish !== undefined);
    if (!this.started || (!finished && !this.blocked)) return this.fail('The answer broke off.');
    this.ended = true;
    const finishes = finished ? candidates.flatMap((one) => one.end())
      : [{ type: 'answer-finish', reason: 'content_filter', native: this.blocked?.reason, detail: this.blocked?.detail } satisfies ChatEvent];
    const tokens = readUsage(this.usage, this.options.usage);
    const report = tokens ? [{ type: 'usage-report', tokens } satisfies ChatEvent] : [];
    const last = finishes.findIndex((event) => event.type === 'answer-finish');
    return [...finishes.slice(0, last), ...report, ...finishes.slice(last), { type: 'answer-end' }];
  }

  private start(chunk: Json): ChatEvent[] {
    if (this.started || !isObject(chunk)) return [];
    this.started = true;
    this.maker.id = givenText(chunk, 'responseId') ?? '';
    this.maker.model = givenText(chunk, 'modelVersion') ?? '';
    return [{ type: 'answer-start', id: this.maker.id, model: this.maker.model, created: secondsOf(givenText(chunk, 'createTime')) }];
  }

  private candidate(candidate: Json): ChatEvent[] {
    const index = givenNumber(candidate, 'index') ?? 0;
    let reader = this.candidates.get(index);
    if (!reader) {
      const choice = index === 0 ? undefined : index;
      this.candidates.set(index, reader = new CandidateReader({ next: () => this.parts++, choice }, this.maker));
    }
    return reader.read(candidate);
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}

function secondsOf(time: string | undefined): number {
  const seconds = time === undefined ? NaN : Date.parse(time) / 1_000;
  return Number.isFinite(seconds) ? Math.floor(seconds) : 0;
}

const counts = ['promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount', 'toolUsePromptTokenCount'];

/** A report that is empty says nothing behind a real one. */
const saysSomething = (usage: Json): boolean => counts.some((name) => { const count = givenNumber(usage, name); return count !== undefined && count > 0; });
