import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, Json } from '../chat-event.ts';
import { correctedFinish } from '../answer/corrected-finish.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readLogprobs } from '../answer/openai-logprobs.ts';
import { PartNumbers } from '../answer/part-numbers.ts';
import { readUsage } from '../metering/usage.ts';
import { refusalWords } from '../refusal-words.ts';
import { DeltaReader } from './delta-reader.ts';
import { brokeDown, readFinish } from './finish.ts';
import { latest, usageOf } from './watch.ts';

export const newReader = (options: ReaderOptions = {}): AnswerReader => new Reader(options);

/** A whole answer is one chunk whose delta is the message. */
export function readAnswer(body: Json, options: ReaderOptions = {}): ChatEvent[] | Failure {
  if (!isObject(body) || !Array.isArray(body['choices'])) return new Failure('bad_response_body', { note: 'no choices' });
  const reader = new Reader(options);
  return [...reader.chunk(body), ...reader.end()];
}

/** Some have numbers for it. */
const word = (value: Json | undefined): string | undefined => (typeof value === 'number' ? String(value) : text(value) || undefined);

/** Some say `"null"` while there is none yet. */
function finishIn(choice: Json): string | undefined {
  const word = text(member(choice, 'finish_reason'));
  return word === undefined || word === '' || word === 'null' ? undefined : word.toLowerCase();
}

const brokenWords = (choices: readonly Json[]): string => choices.map((choice) => text(member(member(choice, 'error'), 'message'))).find(Boolean) ?? 'The provider broke off its answer.';

interface Choice { readonly parts: DeltaReader; finish: string | undefined }

class Reader implements AnswerReader {
  private readonly options: ReaderOptions;
  private started = false;
  private ended = false;
  private readonly head = { id: '', model: '' };
  private readonly numbers = new PartNumbers();
  private readonly choices = new Map<number, Choice>();
  private sources: string[] = [];
  private done = false;
  private tokens: ReturnType<typeof readUsage>;

  constructor(options: ReaderOptions) { this.options = options; }

  read(frame: Frame): ChatEvent[] {
    if (this.ended) return [];
    if (frame.data.trim() === '[DONE]') { this.done = true; return this.end(); }
    const chunk = parseLossless(frame.data);
    return chunk === undefined ? this.fail('The answer of the provider could not be read.') : this.chunk(chunk);
  }

  chunk(chunk: Json): ChatEvent[] {
    const error = member(chunk, 'error');
    if (error !== undefined && error !== null) return this.fail(text(member(error, 'message')) ?? text(error) ?? 'The provider failed.', word(member(error, 'code')) ?? text(member(error, 'type')));
    this.tokens = latest(readUsage(usageOf(chunk), this.options.usage), this.tokens);
    const sources = list(member(chunk, 'citations')).flatMap((each) => text(each) ?? text(member(each, 'url')) ?? []);
    if (sources.length) this.sources = sources;
    const choices = list(member(chunk, 'choices'));
    // Some that fail say that there is no choice, and in the same event why.
    if (!choices.length) return Array.isArray(member(chunk, 'choices')) ? [] : this.refused(chunk);
    const events = [...this.start(chunk), ...choices.flatMap((choice) => this.choice(choice))];
    const broken = [...this.choices.values()].find(({ finish }) => finish !== undefined && brokeDown.has(finish));
    return broken ? [...events, ...this.fail(brokenWords(choices), broken.finish)] : events;
  }

  end(): ChatEvent[] {
    if (this.ended) return [];
    const choices = [...this.choices];
    if (!this.started || (!this.done && !choices.some(([, { finish }]) => finish !== undefined))) return this.fail('The answer broke off.');
    this.ended = true;
    return [
      ...choices.flatMap(([, { parts }]) => parts.end(this.sources)),
      ...(this.tokens ? [{ type: 'usage-report', tokens: this.tokens } satisfies ChatEvent] : []),
      ...choices.map(([choice, { parts, finish }]): ChatEvent => ({
        type: 'answer-finish', ...(choice === 0 ? {} : { choice }), reason: correctedFinish(readFinish(finish ?? 'stop'), parts.hasCalls), native: finish,
      })),
      { type: 'answer-end' },
    ];
  }

  /** An event with neither choices nor figures may be a refusal in other words than `error`. */
  private refused(chunk: Json): ChatEvent[] {
    const { said, code } = usageOf(chunk) === undefined ? refusalWords(chunk) : { said: undefined, code: undefined };
    return said !== undefined && (code !== undefined || member(chunk, 'object') === 'error') ? this.fail(said, code) : [];
  }

  private start(chunk: Json): ChatEvent[] {
    if (this.started) return [];
    this.started = true;
    const { head } = this;
    head.id = text(member(chunk, 'id')) ?? '';
    head.model = text(member(chunk, 'model')) ?? '';
    const created = member(chunk, 'created');
    return [{ type: 'answer-start', ...head, created: typeof created === 'number' ? created : 0 }];
  }

  /** Some send the whole message, at the end of a stream too: it counts only where nothing was streamed. */
  private choice(wire: Json): ChatEvent[] {
    const given = member(wire, 'index'), number = typeof given === 'number' ? given : 0;
    const choice = this.choices.get(number) ?? { parts: new DeltaReader(number === 0 ? this.numbers : this.numbers.forChoice(number), this.head), finish: undefined };
    this.choices.set(number, choice);
    choice.finish = finishIn(wire) ?? choice.finish;
    const logprobs = readLogprobs(member(member(wire, 'logprobs'), 'content'));
    const events = choice.parts.read(member(wire, 'delta'), logprobs);
    return events.length || choice.parts.any ? events : choice.parts.read(member(wire, 'message'), logprobs);
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}
