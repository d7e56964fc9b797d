/** Deltas as parts: texts follow each other, calls may overlap (dialects 6.2). A whole message is one delta. */
import type { ChatEvent, Json, Part, TokenLogprob } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import type { PartNumbers } from '../answer/part-numbers.ts';
import { readAnnotations } from './annotation.ts';
import { CallReader } from './call-reader.ts';
import { MediaReader } from './media-reader.ts';

type TextKind = 'text' | 'reasoning' | 'refusal';

export class DeltaReader {
  /** Anything at all was said. */
  any = false;
  private open: { kind: TextKind; index: number } | undefined;
  private cites = false;
  private readonly calls: CallReader;
  private readonly media: MediaReader;
  private readonly numbers: PartNumbers;

  constructor(numbers: PartNumbers) {
    this.numbers = numbers;
    this.calls = new CallReader(numbers);
    this.media = new MediaReader(numbers);
  }

  get hasCalls(): boolean { return this.calls.any; }

  /** @param sources addresses that the whole answer rests on, of providers that name no places */
  end(sources: readonly string[] = []): ChatEvent[] {
    const loose = this.cites ? [] : sources.map((url) => ({ type: 'url_citation', url_citation: { url } }));
    return [...this.cite(loose), ...this.close(), ...this.media.end(), ...this.calls.end()];
  }

  /** `answerId` makes ids for calls that come without. */
  read(delta: Json | undefined, answerId: string, logprobs: TokenLogprob[] = []): ChatEvent[] {
    const events = this.parts(delta, answerId, logprobs);
    if (events.length) this.any = true;
    return events;
  }

  private parts(delta: Json | undefined, answerId: string, logprobs: TokenLogprob[]): ChatEvent[] {
    return [
      ...this.say('reasoning', text(member(delta, 'reasoning_content')) || text(member(delta, 'reasoning')) || this.unsignedDetail(delta)),
      ...this.details(delta),
      ...this.content(member(delta, 'content'), logprobs),
      ...this.say('refusal', text(member(delta, 'refusal'))),
      ...this.cite(list(member(delta, 'annotations'))),
      ...this.media.read(delta),
      ...this.toolCalls(delta, answerId),
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

  private toolCalls(delta: Json | undefined, answerId: string): ChatEvent[] {
    const fragments = member(delta, 'tool_calls') ?? (isObject(member(delta, 'function_call')) ? [{ index: 0, function: member(delta, 'function_call') ?? null }] : []);
    return list(fragments).length ? [...this.close(), ...this.calls.read(fragments, answerId)] : [];
  }

  /** A text, or the parts of Mistral. */
  private content(content: Json | undefined, logprobs: TokenLogprob[]): ChatEvent[] {
    if (!Array.isArray(content)) return this.say('text', text(content), { logprobs });
    return content.flatMap((part) => {
      if (member(part, 'type') !== 'thinking') return this.say('text', text(member(part, 'text')));
      return list(member(part, 'thinking')).flatMap((thought) => this.say('reasoning', text(member(thought, 'text'))));
    });
  }

  private unsignedDetail(delta: Json | undefined): string | undefined {
    const texts = list(member(delta, 'reasoning_details')).filter((detail) => member(detail, 'signature') === undefined);
    return texts.map((detail) => text(member(detail, 'text')) ?? '').join('') || undefined;
  }

  private details(delta: Json | undefined): ChatEvent[] {
    return list(member(delta, 'reasoning_details')).flatMap((detail): ChatEvent[] => {
      const signature = text(member(detail, 'signature'));
      const redacted = text(member(detail, 'data'));
      if (redacted !== undefined && member(detail, 'type') === 'reasoning.encrypted') {
        const index = this.numbers.next();
        return [...this.close(), { type: 'part-start', index, ...this.numbers.of, part: { kind: 'reasoning', text: '', redacted } }, { type: 'part-end', index }];
      }
      if (signature === undefined) return [];
      const opened = this.open?.kind === 'reasoning' ? [] : this.say('reasoning', text(member(detail, 'text')) ?? '', { evenEmpty: true });
      return this.open ? [...opened, { type: 'signature-delta', index: this.open.index, signature }, ...this.close()] : opened;
    });
  }

  private say(kind: TextKind, said: string | undefined, { evenEmpty = false, logprobs = [] }: { evenEmpty?: boolean; logprobs?: TokenLogprob[] } = {}): ChatEvent[] {
    if (said === undefined || (said === '' && !evenEmpty)) return [];
    const events: ChatEvent[] = [];
    if (this.open?.kind !== kind) {
      events.push(...this.close());
      this.open = { kind, index: this.numbers.next() };
      const part: Part = { kind, text: '' };
      events.push({ type: 'part-start', index: this.open.index, ...this.numbers.of, part });
    }
    if (said !== '' && this.open) events.push({ type: 'text-delta', index: this.open.index, text: said, ...(logprobs.length ? { logprobs } : {}) });
    return events;
  }

  private close(): ChatEvent[] {
    const open = this.open;
    this.open = undefined;
    return open ? [{ type: 'part-end', index: open.index }] : [];
  }
}
