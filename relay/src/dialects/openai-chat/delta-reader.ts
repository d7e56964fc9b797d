/** Deltas as parts: texts follow each other, calls may overlap (dialects 6.2). A whole message is one delta. */
import type { ChatEvent, Json, Part, TokenLogprob } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { PartNumbers } from '../answer/part-numbers.ts';
import { readAnnotations } from './annotation.ts';
import { CallReader } from './call-reader.ts';
import { MediaReader } from './media-reader.ts';
import { sealedIn, wordsOf } from './reasoning-detail.ts';

/** Of the whole answer, as far as it is known. */
export interface AnswerHead { id: string; model: string }

type TextKind = 'text' | 'reasoning' | 'refusal';

export class DeltaReader {
  /** Anything at all was said. */
  any = false;
  private open: { kind: TextKind; index: number; said: string } | undefined;
  private cites = false;
  private readonly calls: CallReader;
  private readonly media: MediaReader;
  private readonly numbers: PartNumbers;
  private readonly head: AnswerHead;

  constructor(numbers: PartNumbers, head: AnswerHead) {
    this.numbers = numbers;
    this.head = head;
    this.calls = new CallReader(numbers);
    this.media = new MediaReader(numbers);
  }

  get hasCalls(): boolean { return this.calls.any; }

  /** @param sources addresses that the whole answer rests on, of providers that name no places */
  end(sources: readonly string[] = []): ChatEvent[] {
    const loose = this.cites ? [] : sources.map((url) => ({ type: 'url_citation', url_citation: { url } }));
    return [...this.cite(loose), ...this.close(), ...this.media.end(), ...this.calls.end(this.head.id)];
  }

  read(delta: Json | undefined, logprobs: TokenLogprob[] = []): ChatEvent[] {
    const events = this.parts(delta, logprobs);
    if (events.length) this.any = true;
    return events;
  }

  private parts(delta: Json | undefined, logprobs: TokenLogprob[]): ChatEvent[] {
    return [
      ...this.thoughts(delta),
      ...this.content(member(delta, 'content'), logprobs),
      ...this.say('refusal', text(member(delta, 'refusal'))),
      ...this.cite(list(member(delta, 'annotations'))),
      ...this.media.read(delta),
      ...this.toolCalls(delta),
    ];
  }

  /** Citations belong to the text that is open, or to one without words. */
  private cite(annotations: Json[]): ChatEvent[] {
    const citations = readAnnotations(annotations);
    if (!citations.length) return [];
    this.cites = true;
    const opened = this.open?.kind === 'text' ? [] : this.say('text', '', { evenEmpty: true });
    const { open } = this;
    return open ? [...opened, ...citations.map((citation): ChatEvent => ({ type: 'citation', index: open.index, citation }))] : opened;
  }

  private toolCalls(delta: Json | undefined): ChatEvent[] {
    const fragments = member(delta, 'tool_calls') ?? (isObject(member(delta, 'function_call')) ? [{ index: 0, function: member(delta, 'function_call') ?? null }] : []);
    return list(fragments).length ? [...this.close(), ...this.calls.read(fragments, this.head.id)] : [];
  }

  /** A text, or parts: of thoughts, of text, of pictures. */
  private content(content: Json | undefined, logprobs: TokenLogprob[]): ChatEvent[] {
    if (!Array.isArray(content)) return this.say('text', text(content), { logprobs });
    return content.flatMap((part) => {
      if (member(part, 'type') === 'image_url') return [...this.close(), ...this.media.read({ images: [part] })];
      if (member(part, 'type') !== 'thinking') return this.say('text', text(member(part, 'text')));
      const thinking = member(part, 'thinking');
      return typeof thinking === 'string' ? this.say('reasoning', thinking) : list(thinking).flatMap((thought) => this.say('reasoning', text(member(thought, 'text'))));
    });
  }

  /** As one text, as details, or both: details that say all of it tell also where each signature belongs. */
  private thoughts(delta: Json | undefined): ChatEvent[] {
    const plain = text(member(delta, 'reasoning_content')) || text(member(delta, 'reasoning')) || '', details = list(member(delta, 'reasoning_details'));
    const tellAll = details.length > 0 && (plain === '' || plain === details.map(wordsOf).join(''));
    return [...(tellAll ? [] : this.say('reasoning', plain)), ...details.flatMap((detail) => this.detail(detail, tellAll))];
  }

  private detail(detail: Json, tells: boolean): ChatEvent[] {
    const sealed = sealedIn(detail, this.head.model), words = wordsOf(detail);
    if (sealed?.kind === 'redacted') {
      const closed = this.close(), index = this.numbers.next();
      return [...closed, { type: 'part-start', index, ...this.numbers.of, part: { kind: 'reasoning', text: '', redacted: sealed.value } }, { type: 'part-end', index }];
    }
    // With the signature some say once more what it signs.
    const isSaid = this.open?.kind === 'reasoning' && this.open.said === words;
    const said = tells && !(sealed && isSaid) ? this.say('reasoning', words) : [];
    if (!sealed) return said;
    const opened = this.open?.kind === 'reasoning' ? said : [...said, ...this.say('reasoning', '', { evenEmpty: true })];
    return this.open ? [...opened, { type: 'signature-delta', index: this.open.index, signature: sealed.value }, ...this.close()] : opened;
  }

  private say(kind: TextKind, said: string | undefined, { evenEmpty = false, logprobs = [] }: { evenEmpty?: boolean; logprobs?: TokenLogprob[] } = {}): ChatEvent[] {
    if (said === undefined || (said === '' && !evenEmpty)) return [];
    const events: ChatEvent[] = [];
    if (this.open?.kind !== kind) {
      events.push(...this.close());
      this.open = { kind, index: this.numbers.next(), said: '' };
      const part: Part = { kind, text: '' };
      events.push({ type: 'part-start', index: this.open.index, ...this.numbers.of, part });
    }
    if (kind === 'reasoning' && this.open) this.open.said += said;
    if (said !== '' && this.open) events.push({ type: 'text-delta', index: this.open.index, text: said, ...(logprobs.length ? { logprobs } : {}) });
    return events;
  }

  private close(): ChatEvent[] {
    const open = this.open;
    this.open = undefined;
    return open ? [{ type: 'part-end', index: open.index }] : [];
  }
}
