/** The parts of an answer while they grow. A call goes out when it is whole; a signature that has no place of its own goes with the next call. */
import type { ChatEvent, Citation, JsonObject, Part, TokenLogprob } from '../chat-event.ts';
import type { WriterOptions } from '../dialect.ts';
import { isObject } from '../json-member.ts';
import { callPart, dataPart, textPart, thoughtPart } from './answer-parts.ts';

export interface Written { part: JsonObject; choice: number; logprobs?: readonly TokenLogprob[] }
interface Open { part: Part; choice: number; signature: string; citations: Citation[] }

export class PartWriter {
  /** What was said, with what it rests on. */
  readonly texts: { choice: number; said: string; citations: readonly Citation[] }[] = [];
  readonly refusals = new Map<number, string>();
  private readonly open = new Map<number, Open>();
  private readonly reasoning: NonNullable<WriterOptions['reasoning']>;
  private carried: string | undefined;

  constructor(reasoning: NonNullable<WriterOptions['reasoning']>) { this.reasoning = reasoning; }

  write(event: ChatEvent): Written[] {
    if (event.type === 'part-start') return this.start(event.index, event.part, event.choice ?? 0);
    const open = 'index' in event ? this.open.get(event.index) : undefined;
    if (!open) return [];
    const { part, choice } = open;
    switch (event.type) {
      case 'text-delta': return this.grow(open, event.text, event.logprobs);
      case 'arguments-delta': if (part.kind === 'tool-call') open.part = { ...part, arguments: part.arguments + event.text }; return [];
      case 'signature-delta': open.signature += event.signature; return [];
      case 'citation': open.citations.push(event.citation); return [];
      case 'part-end': this.open.delete(event.index); return this.end(open).map((written) => ({ part: written, choice }));
      default: return [];
    }
  }

  private start(index: number, part: Part, choice: number): Written[] {
    const signature = part.kind === 'reasoning' ? part.redacted ?? '' : part.kind === 'tool-call' ? part.signature ?? '' : '';
    this.open.set(index, { part, choice, signature, citations: [] });
    if ((part.kind === 'image' || part.kind === 'audio') && 'base64' in part.source) return [{ part: dataPart(part.source), choice }];
    return part.kind === 'opaque' && part.dialect === 'gemini' && isObject(part.raw) ? [{ part: part.raw, choice }] : [];
  }

  private grow(open: Open, text: string, logprobs: readonly TokenLogprob[] | undefined): Written[] {
    const { part, choice } = open;
    if (text === '' || (part.kind !== 'text' && part.kind !== 'reasoning' && part.kind !== 'refusal')) return [];
    open.part = { ...part, text: part.text + text };
    if (part.kind === 'refusal') { this.refusals.set(choice, (this.refusals.get(choice) ?? '') + text); return []; }
    if (part.kind === 'reasoning') return this.reasoning === 'shown' ? [{ part: thoughtPart(text, undefined), choice }] : [];
    return [{ part: textPart(text), choice, ...(logprobs?.length ? { logprobs } : {}) }];
  }

  private end({ part, signature, citations, choice }: Open): JsonObject[] {
    const own = signature === '' ? undefined : signature;
    if (part.kind === 'text') this.texts.push({ choice, said: part.text, citations });
    if (part.kind === 'tool-call') {
      const carried = own ?? this.carried;
      this.carried = undefined;
      return [callPart(part, carried)];
    }
    if (part.kind !== 'reasoning' || own === undefined) return [];
    if (this.reasoning === 'shown') return [thoughtPart('', own)];
    this.carried = own;
    return [];
  }
}
