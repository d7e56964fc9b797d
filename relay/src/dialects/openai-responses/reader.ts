/** The events of this dialect as neutral ones (dialects 6.3). Items go by `output_index`: their ids may change on the way. */
import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, Json, JsonObject } from '../chat-event.ts';
import { correctedFinish } from '../answer/corrected-finish.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readUsage } from '../metering/usage.ts';
import { readFinish } from './finish.ts';
import { OutputReader } from './output-reader.ts';

export const newReader = (options: ReaderOptions = {}): AnswerReader => new Reader(options);

/** A whole answer is the response that the last event of a stream holds. */
export function readAnswer(body: Json, options: ReaderOptions = {}): ChatEvent[] | Failure {
  if (!isObject(body) || !Array.isArray(body['output'])) return new Failure('bad_response_body', { note: 'no output' });
  return new Reader(options).last(body);
}

class Reader implements AnswerReader {
  private readonly options: ReaderOptions;
  private readonly output: OutputReader;
  private started = false;
  private ended = false;

  constructor(options: ReaderOptions) {
    this.options = options;
    this.output = new OutputReader(options.family ?? 'openai');
  }

  read(frame: Frame): ChatEvent[] {
    if (frame.data.trim() === '[DONE]') return [];
    const event = parseLossless(frame.data);
    return isObject(event) ? this.event(event) : this.fail('The answer of the provider could not be read.');
  }

  end(): ChatEvent[] { return this.fail('The answer broke off.'); }

  /** What ends it: the whole response once more, with its usage. */
  last(response: Json | undefined): ChatEvent[] {
    if (this.ended) return [];
    const finish = readFinish(response);
    const error = member(response, 'error');
    if (!finish || isObject(error)) return this.fail(text(member(error, 'message')) ?? 'The provider failed.', text(member(error, 'code')));
    const events = [...this.start(response), ...this.output.unannounced(list(member(response, 'output'))), ...this.output.end()];
    this.ended = true;
    const tokens = readUsage(member(response, 'usage'), this.options.usage);
    return [
      ...events,
      ...(tokens ? [{ type: 'usage-report', tokens } satisfies ChatEvent] : []),
      { type: 'answer-finish', reason: correctedFinish(finish.reason, this.output.hasCalls), native: finish.native }, { type: 'answer-end' },
    ];
  }

  private event(event: JsonObject): ChatEvent[] {
    if (this.ended) return [];
    switch (event['type']) {
      case 'response.created': return this.start(event['response']);
      case 'response.completed':
      case 'response.incomplete': return this.last(event['response']);
      case 'response.failed':
      case 'response.cancelled': return this.failed(member(event['response'], 'error'));
      case 'error': return this.failed(member(event, 'error') ?? event);
      default: return this.output.knows(event) ? [...this.start(undefined), ...this.output.read(event)] : [];
    }
  }

  private start(response: Json | undefined): ChatEvent[] {
    if (this.started) return [];
    this.started = true;
    const created = member(response, 'created_at');
    const model = text(member(response, 'model')) ?? '';
    this.output.model = model;
    return [{ type: 'answer-start', id: text(member(response, 'id')) ?? '', model, created: typeof created === 'number' ? Math.floor(created) : 0 }];
  }

  private failed(error: Json | undefined): ChatEvent[] {
    return this.fail(text(member(error, 'message')) ?? 'The provider failed.', text(member(error, 'code')) ?? text(member(error, 'type')));
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}
