/** The parts of one candidate as neutral ones (dialects 6.3). What it gives is final: parts that follow each other in kind are one. */
import type { ChatEvent, FinishReason, Json, Part, TokenLogprob } from '../chat-event.ts';
import { correctedFinish } from '../answer/corrected-finish.ts';
import { seal, type SignatureKind } from '../memory/sealed-signature.ts';
import { CallReader, type Numbers } from './call-reader.ts';
import { citationsOf, reach } from './grounding.ts';
import { given, givenList, givenObject, givenText } from './given.ts';
import { readFinish } from './finish.ts';
import { logprobsOf } from './logprobs.ts';

/** Who made the answer; its model is known with the first chunk. */
export interface Maker { readonly family: string; model: string; id: string }

export class CandidateReader {
  finish: string | undefined;
  private detail: string | undefined;
  private open: { kind: 'text' | 'reasoning'; index: number; said: string } | undefined;
  private grounds: { [member: string]: Json } = {};
  /** They came, and no text was ended since. */
  private uncited = false;
  /** Signatures of the text that is open: what it rests on may still come, and comes first. */
  private signed: ChatEvent[] = [];
  private readonly calls: CallReader;
  private readonly numbers: Numbers;
  private readonly maker: Maker;

  constructor(numbers: Numbers, maker: Maker) {
    this.numbers = numbers;
    this.maker = maker;
    this.calls = new CallReader(numbers);
  }

  /** Anything at all was said. */
  any = false;

  read(candidate: Json): ChatEvent[] {
    const logprobs = logprobsOf(candidate);
    for (const name of ['groundingMetadata', 'citationMetadata']) {
      const ground = givenObject(candidate, name);
      if (ground) { this.grounds = { ...this.grounds, [name]: ground }; this.uncited = true; }
    }
    const events = givenList(given(candidate, 'content'), 'parts').flatMap((part) => this.part(part, logprobs.splice(0)));
    this.finish = givenText(candidate, 'finishReason') || this.finish;
    this.detail = givenText(candidate, 'finishMessage') ?? this.detail;
    return events;
  }

  end(): ChatEvent[] {
    const reason: FinishReason = correctedFinish(readFinish(this.finish ?? 'STOP'), this.calls.any);
    return [...this.calls.end(), ...this.close(), ...this.citeLate(), { type: 'answer-finish', choice: this.numbers.choice, reason, native: this.finish, detail: this.detail }];
  }

  private part(part: Json, logprobs: TokenLogprob[]): ChatEvent[] {
    this.any = true;
    const signature = givenText(part, 'thoughtSignature') || undefined;
    const call = given(part, 'functionCall');
    if (call !== undefined) return [...this.close(), ...this.calls.read(call, signature && this.sealed('call', signature), this.maker.id)];
    const ended = this.calls.end();
    const said = givenText(part, 'text');
    if (said === undefined) return [...ended, ...this.close(), ...this.media(part)];
    return [...ended, ...(given(part, 'thought') === true ? this.think(said, signature) : this.say(said, signature, logprobs))];
  }

  private think(said: string, signature: string | undefined): ChatEvent[] {
    if (said === '' && signature === undefined) return [];
    const events = this.grow('reasoning', said, []);
    return signature === undefined || !this.open ? events
      : [...events, { type: 'signature-delta', index: this.open.index, signature: this.sealed('text', signature) }, ...this.close()];
  }

  /** A signature on a text is no text: it travels as thoughts without words, behind the text. */
  private say(said: string, signature: string | undefined, logprobs: TokenLogprob[]): ChatEvent[] {
    const before = said !== '' && this.signed.length ? this.close() : [];
    const events = said === '' ? before : [...before, ...this.grow('text', said, logprobs)];
    if (signature === undefined) return events;
    const index = this.numbers.next();
    const mark: ChatEvent[] = [
      this.begin(index, { kind: 'reasoning', text: '' }),
      { type: 'signature-delta', index, signature: this.sealed(said === '' ? 'trail' : 'said', signature) }, { type: 'part-end', index },
    ];
    if (this.open?.kind !== 'text') return [...events, ...this.close(), ...mark];
    this.signed.push(...mark);
    return events;
  }

  private media(part: Json): ChatEvent[] {
    const wire = givenObject(part, 'inlineData');
    // Sketches of a model that thinks in pictures are no part of its answer.
    if (given(part, 'thought') === true) return [];
    const mime = givenText(wire, 'mimeType') ?? '', base64 = givenText(wire, 'data') ?? '';
    const index = this.numbers.next();
    const end: ChatEvent = { type: 'part-end', index };
    if (mime.startsWith('image/')) return [this.begin(index, { kind: 'image', source: { base64, mime } }), end];
    if (mime.startsWith('audio/')) return [this.begin(index, { kind: 'audio', source: { base64, mime }, format: mime.slice('audio/'.length) }), end];
    return [this.begin(index, { kind: 'opaque', dialect: 'gemini', raw: part }), end];
  }

  private grow(kind: 'text' | 'reasoning', said: string, logprobs: TokenLogprob[]): ChatEvent[] {
    const events: ChatEvent[] = [];
    if (this.open?.kind !== kind) {
      events.push(...this.close());
      this.open = { kind, index: this.numbers.next(), said: '' };
      events.push(this.begin(this.open.index, { kind, text: '' }));
    }
    this.open.said += said;
    if (said !== '') events.push({ type: 'text-delta', index: this.open.index, text: said, ...(logprobs.length ? { logprobs } : {}) });
    return events;
  }

  private begin(index: number, part: Part): ChatEvent {
    const { choice } = this.numbers;
    return choice === undefined ? { type: 'part-start', index, part } : { type: 'part-start', index, part, choice };
  }

  private close(): ChatEvent[] {
    const { open } = this;
    this.open = undefined;
    if (!open) return [];
    const marks = this.signed.splice(0);
    return [...(open.kind === 'text' ? this.cite(open.index, open.said) : []), { type: 'part-end', index: open.index }, ...marks];
  }

  /** A text that is too short for them was not the one that was meant. */
  private cite(index: number, said: string): ChatEvent[] {
    if (!this.uncited || Buffer.byteLength(said) < reach(this.grounds)) return [];
    this.uncited = false;
    return citationsOf(this.grounds, said).map((citation): ChatEvent => ({ type: 'citation', index, citation }));
  }

  /** The text had ended before: sources without places. */
  private citeLate(): ChatEvent[] {
    const citations = this.uncited ? citationsOf(this.grounds, '') : [];
    if (!citations.length) return [];
    const index = this.numbers.next();
    return [this.begin(index, { kind: 'text', text: '' }), ...citations.map((citation): ChatEvent => ({ type: 'citation', index, citation })), { type: 'part-end', index }];
  }

  private sealed(kind: SignatureKind, value: string): string {
    const { family, model } = this.maker;
    return seal({ family, model, kind, value });
  }
}
