import { Failure } from '../../failure/failure.ts';
import type { UsageTokens } from '../../gql/types.gen.ts';
import { AnswerParts } from '../answer/answer-parts.ts';
import type { ChatEvent, FinishReason, Json } from '../chat-event.ts';
import { correctedFinish } from '../answer/corrected-finish.ts';
import type { AnswerReader, Frame, ReaderOptions } from '../dialect.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';
import { seal } from '../memory/sealed-signature.ts';
import { readUsage } from './usage.ts';

export const newReader = (options: ReaderOptions = {}): AnswerReader => new Reader(options);

export function readAnswer(body: Json, options: ReaderOptions = {}): ChatEvent[] | Failure {
  const content = member(member(member(body, 'output'), 'message'), 'content');
  if (!isObject(body) || !Array.isArray(content)) return new Failure('bad_response_body', { note: 'no message' });
  const reader = new Reader(options);
  const told = content.flatMap((block, index) => reader.whole(block, index));
  return [...reader.start(), ...told, ...reader.event('metadata', body), ...reader.event('messageStop', body), ...reader.end()];
}

/** Dialects 6.4. */
const finishes: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop', stop_sequence: 'stop_sequence', max_tokens: 'length', tool_use: 'tool_calls', content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter', model_context_window_exceeded: 'context_window',
};

/** Only calls begin with an event; texts open where they grow, and what follows closes them. */
class Reader implements AnswerReader {
  private readonly family: string;
  private readonly parts = new AnswerParts();
  private started = false;
  private ended = false;
  private word: string | undefined;
  private sequence: string | undefined;

  constructor({ family = 'anthropic' }: ReaderOptions) { this.family = family; }

  read(frame: Frame): ChatEvent[] {
    const payload = parseLossless(frame.data);
    if (payload === undefined) return this.fail('The answer of the provider could not be read.');
    return this.event(frame.event ?? '', payload);
  }

  event(name: string, payload: Json): ChatEvent[] {
    if (this.ended) return [];
    if (name === 'error') return this.fail(text(member(member(payload, 'error'), 'message')) ?? 'The provider failed.', text(member(member(payload, 'error'), 'type')));
    return [...this.start(), ...this.told(name, payload)];
  }

  /** Some begin without saying so. */
  start(): ChatEvent[] {
    if (this.started) return [];
    this.started = true;
    return [{ type: 'answer-start', id: '', model: '', created: 0 }];
  }

  /** A block of an answer that came in one piece. */
  whole(block: Json, index: number): ChatEvent[] {
    const call = member(block, 'toolUse');
    if (call === undefined) return [...this.start(), ...this.grown(block, String(index)), ...this.parts.close()];
    return [...this.start(), ...this.called(call, String(index)), ...this.parts.argue(JSON.stringify(member(call, 'input') ?? {})), ...this.parts.close()];
  }

  end(): ChatEvent[] {
    if (this.ended) return [];
    if (this.word === undefined) return this.fail('The answer broke off.');
    if (this.word.startsWith('malformed_')) return this.fail('The model wrote what the provider could not read.', this.word);
    this.ended = true;
    const reason = correctedFinish(finishes[this.word] ?? 'stop', this.parts.hasCalls);
    return [...this.parts.close(), { type: 'answer-finish', reason, sequence: this.sequence, native: this.word }, { type: 'answer-end' }];
  }

  private told(name: string, payload: Json): ChatEvent[] {
    const key = keyOf(member(payload, 'contentBlockIndex'));
    switch (name) {
      case 'contentBlockStart': return this.called(member(member(payload, 'start'), 'toolUse'), key);
      case 'contentBlockDelta': {
        const delta = member(payload, 'delta');
        return isObject(member(delta, 'toolUse')) ? this.parts.argue(text(member(member(delta, 'toolUse'), 'input'))) : this.grown(delta, key);
      }
      case 'contentBlockStop': return this.parts.close();
      case 'messageStop': return this.stop(payload);
      case 'metadata': { const tokens: UsageTokens | undefined = readUsage(member(payload, 'usage')); return tokens ? [{ type: 'usage-report', tokens }] : []; }
      default: return [];
    }
  }

  private called(call: Json | undefined, key: string): ChatEvent[] {
    return isObject(call) ? this.parts.call(key, text(call['toolUseId']), text(call['name']) ?? '', '') : [];
  }

  private grown(delta: Json | undefined, key: string): ChatEvent[] {
    const thought = member(delta, 'reasoningContent'), whole = member(thought, 'reasoningText');
    const redacted = text(member(thought, 'redactedContent')), signature = text(member(thought, 'signature')) ?? text(member(whole, 'signature'));
    return [
      ...this.parts.say('reasoning', text(member(thought, 'text')) ?? text(member(whole, 'text')), key),
      ...(redacted ? this.parts.whole({ kind: 'reasoning', text: '', redacted: this.sealed('redacted', redacted) }) : []),
      ...(signature ? this.parts.sign(this.sealed('text', signature), key) : []),
      ...this.parts.say('text', text(member(delta, 'text')), key),
    ];
  }

  private sealed(kind: 'text' | 'redacted', value: string): string { return seal({ family: this.family, model: '', kind, value }); }

  private stop(payload: Json): ChatEvent[] {
    this.word = text(member(payload, 'stopReason')) ?? 'end_turn';
    const more = member(payload, 'additionalModelResponseFields');
    this.sequence = text(member(more, 'stop_sequence')) ?? text(member(member(more, 'delta'), 'stop_sequence')) ?? text(list(member(more, 'stop_sequences'))[0]);
    return this.parts.close();
  }

  private fail(message: string, kind?: string): ChatEvent[] {
    if (this.ended) return [];
    this.ended = true;
    return [{ type: 'answer-failure', message, kind }, { type: 'answer-end' }];
  }
}

const keyOf = (index: Json | undefined): string => (typeof index === 'number' ? String(index) : '');
