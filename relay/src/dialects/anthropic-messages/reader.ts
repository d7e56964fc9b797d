import { Failure } from '../../failure/failure.ts';
import type { ChatEvent, Json, JsonObject } from '../chat-event.ts';
import { correctedFinish } from '../answer/corrected-finish.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { readUsage } from '../metering/usage.ts';
import { BlockReader } from './answer-block-reader.ts';
import { readFinish } from './finish.ts';
import { mergedUsage } from './merged-usage.ts';

export const newReader = (options: ReaderOptions = {}): AnswerReader => new Reader(options);

/** A whole answer is a start that holds everything. */
export function readAnswer(body: Json, options: ReaderOptions = {}): ChatEvent[] | Failure {
  if (!isObject(body) || !Array.isArray(body['content'])) return new Failure('bad_response_body', { note: 'no content' });
  const reader = new Reader(options);
  return [...reader.event({ type: 'message_start', message: body }), ...reader.event({ type: 'message_stop' })];
}

class Reader implements AnswerReader {
  private readonly options: ReaderOptions;
  private blocks: BlockReader | undefined;
  private usage: JsonObject = {};
  private finish: { word: string; sequence?: string; detail?: string } | undefined;
  private ended = false;

  constructor(options: ReaderOptions) { this.options = options; }

  read(frame: Frame): ChatEvent[] {
    const event = parseLossless(frame.data);
    return isObject(event) ? this.event(event) : this.fail('The answer of the provider could not be read.');
  }

  event(event: JsonObject): ChatEvent[] {
    if (this.ended) return [];
    switch (event['type']) {
      case 'message_start': return this.start(event['message']);
      case 'content_block_start': return this.blocks?.start(event['index'], event['content_block']) ?? [];
      case 'content_block_delta': return this.blocks?.delta(event['index'], event['delta']) ?? [];
      case 'content_block_stop': return this.blocks?.stop(event['index']) ?? [];
      case 'message_delta': return this.note(event['delta'], event['usage']);
      case 'message_stop': return this.stop();
      case 'error': return this.fail(text(member(event['error'], 'message')) ?? 'The provider failed.', text(member(event['error'], 'type')));
      // A ping, or something new that does not concern the answer.
      default: return [];
    }
  }

  /** Who says that it ended, and not why, ended as usual. */
  private stop(): ChatEvent[] {
    if (this.blocks) this.finish ??= { word: 'end_turn' };
    return this.end();
  }

  end(): ChatEvent[] {
    if (this.ended) return [];
    if (!this.blocks || !this.finish) return this.fail('The answer broke off.');
    this.ended = true;
    const { word, sequence, detail } = this.finish;
    return [
      ...this.blocks.end(),
      { type: 'answer-finish', reason: correctedFinish(readFinish(word), this.blocks.hasCalls), sequence, native: word, detail },
      { type: 'answer-end' },
    ];
  }

  private start(message: Json | undefined): ChatEvent[] {
    if (this.blocks) return this.fail('The provider began a second answer inside the first.', 'upstream_protocol_error');
    const model = text(member(message, 'model')) ?? '';
    const blocks = new BlockReader(this.options.family ?? 'anthropic', model);
    this.blocks = blocks;
    return [
      { type: 'answer-start', id: text(member(message, 'id')) ?? '', model, created: 0 },
      ...list(member(message, 'content')).flatMap((block, index) => [...blocks.start(index, block), ...blocks.stop(index)]),
      ...this.note(message, member(message, 'usage')),
    ];
  }

  private note(delta: Json | undefined, usage: Json | undefined): ChatEvent[] {
    const word = text(member(delta, 'stop_reason'));
    if (word !== undefined) {
      this.finish = { word, sequence: text(member(delta, 'stop_sequence')), detail: text(member(member(delta, 'stop_details'), 'explanation')) };
    }
    this.usage = mergedUsage(this.usage, usage);
    const tokens = readUsage(this.usage, this.options.usage);
    return tokens ? [{ type: 'usage-report', tokens }] : [];
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}
