/** One item of an answer as parts. Whoever sends it may stream it, tell it at the end, or both. */
import type { ChatEvent, Json, Part, TokenLogprob } from '../chat-event.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { mediaMime } from '../request/media.ts';
import { readLogprobs } from '../answer/openai-logprobs.ts';
import { seal } from '../memory/sealed-signature.ts';
import { readAnnotation } from './annotation.ts';
import { CustomArguments } from '../request/custom-tool.ts';
import { TextProgress } from './text-progress.ts';

/** What the items of one answer share. */
export interface Answer {
  readonly family: string;
  model: string;
  /** Gives out the indexes of parts. */
  next(): number;
  hasCalls: boolean;
  /** A message that only comments was said: what the next one says begins with a blank line. */
  commented: boolean;
}

/** All others are work of the provider's own tools. */
const own: ReadonlySet<string> = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call', 'image_generation_call']);

export class ItemReader {
  readonly type: string;
  private readonly answer: Answer;
  private readonly progress = new TextProgress();
  private readonly parts = new Map<string, number>();
  private lastSummary: string | undefined;
  private readonly comments: boolean;
  private readonly cited = new Set<string>();
  private readonly leads = new Map<string, number>();
  private readonly custom = new CustomArguments();

  constructor(wire: Json | undefined, answer: Answer) {
    this.type = text(member(wire, 'type')) ?? '';
    this.comments = member(wire, 'phase') === 'commentary';
    this.answer = answer;
  }

  /** @param key which text of the item it belongs to */
  say(kind: 'text' | 'refusal', key: string, piece: string, logprobs: TokenLogprob[] = []): ChatEvent[] {
    if (piece === '') return [];
    const { answer } = this;
    const opened = this.open(`${kind}${key}`, { kind, text: '' });
    const lead = opened.length && answer.commented ? '\n\n' : '';
    if (lead !== '') this.leads.set(key, lead.length);
    if (opened.length) answer.commented = this.comments;
    return [...opened, { type: 'text-delta', index: this.parts.get(`${kind}${key}`) ?? 0, text: lead + this.progress.grow(`${kind}${key}`, piece), ...(logprobs.length ? { logprobs } : {}) }];
  }

  /** Some tell a citation when it comes, and all of them again at the end. */
  cite(key: string, annotation: Json | undefined): ChatEvent[] {
    const citation = readAnnotation(annotation, this.leads.get(key) ?? 0);
    const index = this.parts.get(`text${key}`);
    const mark = JSON.stringify([key, citation?.url, citation?.fileId, citation?.start, citation?.end]);
    if (!citation || index === undefined || this.cited.has(mark)) return [];
    this.cited.add(mark);
    return [{ type: 'citation', index, citation }];
  }

  /** Summaries and full thoughts are one text, with a blank line between their parts. */
  think(key: string, piece: string): ChatEvent[] {
    if (piece === '') return [];
    const lead = this.lastSummary !== undefined && this.lastSummary !== key ? '\n\n' : '';
    this.lastSummary = key;
    return [...this.open('thought', { kind: 'reasoning', text: '' }), { type: 'text-delta', index: this.parts.get('thought') ?? 0, text: lead + this.progress.grow(key, piece) }];
  }

  call(wire: Json | undefined): ChatEvent[] {
    this.answer.hasCalls = true;
    const id = text(member(wire, 'call_id')) || text(member(wire, 'id')) || '';
    return this.open('call', { kind: 'tool-call', id, name: text(member(wire, 'name')) ?? '', arguments: '' });
  }

  argue(piece: string): ChatEvent[] {
    const index = this.parts.get('call');
    return index === undefined || piece === '' ? [] : [{ type: 'arguments-delta', index, text: this.progress.grow('call', piece) }];
  }

  /** Of a tool that takes free text. */
  take(piece: string): ChatEvent[] { return this.argue(this.custom.push(this.progress.grow('input', piece))); }
  tookWhole(whole: string): ChatEvent[] { return this.take(this.progress.missing('input', whole)); }

  /** The same text, whole. */
  saidWhole(kind: 'text' | 'refusal', key: string, whole: string): ChatEvent[] { return this.say(kind, key, this.progress.missing(`${kind}${key}`, whole)); }
  thoughtWhole(key: string, whole: string): ChatEvent[] { return this.think(key, this.progress.missing(key, whole)); }
  arguedWhole(whole: string): ChatEvent[] { return this.argue(this.progress.missing('call', whole)); }

  /** The item as it ended: what is still missing, and its end. */
  done(wire: Json | undefined): ChatEvent[] {
    return [...(own.has(this.type) ? this.rest(wire) : this.open('hosted', { kind: 'opaque', dialect: 'openai-responses', raw: wire ?? null })), ...this.end()];
  }

  end(): ChatEvent[] {
    const closing = this.type === 'custom_tool_call' ? this.argue(this.custom.end()) : [];
    const ended = [...this.parts.values()].map((index): ChatEvent => ({ type: 'part-end', index }));
    this.parts.clear();
    return [...closing, ...ended];
  }

  private rest(wire: Json | undefined): ChatEvent[] {
    if (this.type === 'message') return list(member(wire, 'content')).flatMap((part, index) => this.content(part, String(index)));
    if (this.type === 'function_call') return this.arguedWhole(argumentsOf(wire));
    if (this.type === 'custom_tool_call') return this.tookWhole(text(member(wire, 'input')) ?? '');
    if (this.type === 'image_generation_call') return this.image(text(member(wire, 'result')));
    return this.type === 'reasoning' ? this.thoughts(wire) : [];
  }

  /** A picture that the provider's own tool made. */
  private image(base64: string | undefined): ChatEvent[] {
    return base64 ? this.open('image', { kind: 'image', source: { base64, mime: mediaMime('', base64) } }) : [];
  }

  private content(part: Json, key: string): ChatEvent[] {
    const whole = text(member(part, 'text')) ?? '';
    const logprobs = this.progress.has(`text${key}`) ? [] : readLogprobs(member(part, 'logprobs'));
    return [
      ...this.say('text', key, this.progress.missing(`text${key}`, whole), logprobs), ...this.saidWhole('refusal', key, text(member(part, 'refusal')) ?? ''),
      ...list(member(part, 'annotations')).flatMap((annotation) => this.cite(key, annotation)),
    ];
  }

  private thoughts(wire: Json | undefined): ChatEvent[] {
    const told = (name: string): ChatEvent[] => list(member(wire, name)).flatMap((part, index) => this.thoughtWhole(`${name}${index}`, text(member(part, 'text')) ?? ''));
    const encrypted = text(member(wire, 'encrypted_content'));
    const events = [...told('summary'), ...told('content')];
    if (!encrypted) return events;
    const opened = this.open('thought', { kind: 'reasoning', text: '' });
    const { family, model } = this.answer;
    const signature = seal({ family, model, kind: 'text', value: encrypted, item: text(member(wire, 'id')) });
    return [...events, ...opened, { type: 'signature-delta', index: this.parts.get('thought') ?? 0, signature }];
  }

  private open(key: string, part: Part): ChatEvent[] {
    if (this.parts.has(key)) return [];
    const index = this.answer.next();
    this.parts.set(key, index);
    return [{ type: 'part-start', index, part }];
  }
}

/** Some write them as the object that they are. */
export function argumentsOf(wire: Json | undefined): string {
  const given = member(wire, 'arguments');
  return isObject(given) ? JSON.stringify(given) : text(given) ?? '';
}
