import type { ChatEvent, Json, JsonObject, Part } from '../chat-event.ts';
import { codePoints } from '../answer/code-points.ts';
import { isObject, list, member, parseJson, text } from '../json-member.ts';
import { readCitation } from './citation.ts';
import { seal } from '../memory/sealed-signature.ts';

type Kind = 'text' | 'reasoning' | 'tool-call' | 'opaque';
interface Block { citations: Json[]; said: number; kind: Kind; part: number; signature: string; input: Json | undefined; grown: string; raw: JsonObject }

/** They stand for the whole block, which is known at its end. */
function citationsOf({ citations, said, part }: Block): ChatEvent[] {
  return citations.flatMap((each) => { const citation = readCitation(each, said); return citation ? [{ type: 'citation' as const, index: part, citation }] : []; });
}

/** Content blocks of one answer, by the index that the upstream gives them; parts are numbered as they open. */
export class BlockReader {
  hasCalls = false;
  private readonly family: string;
  private readonly model: string;
  private readonly open = new Map<Json | undefined, Block>();
  private parts = 0;

  constructor(family: string, model: string) { this.family = family; this.model = model; }

  start(index: Json | undefined, wire: Json | undefined): ChatEvent[] {
    if (!isObject(wire)) return [];
    const closed = this.stop(index);
    const opened = this.partOf(wire);
    const block: Block = { citations: list(wire['citations']), said: 0, kind: opened.kind, part: this.parts++, signature: '', input: wire['input'], grown: '', raw: wire };
    this.open.set(index, block);
    // Blocks that only this dialect knows are told when they are whole.
    if (block.kind === 'opaque') return closed;
    const begin: ChatEvent = { type: 'part-start', index: block.part, part: opened.part };
    if (opened.part.kind === 'tool-call') this.hasCalls = true;
    if (opened.part.kind === 'reasoning') block.signature = text(wire['signature']) ?? '';
    return [...closed, begin, ...this.grow(block, text(wire['text']) ?? text(wire['thinking']))];
  }

  delta(index: Json | undefined, delta: Json | undefined): ChatEvent[] {
    const block = this.open.get(index);
    if (!block) return [];
    switch (member(delta, 'type')) {
      case 'text_delta': return this.grow(block, text(member(delta, 'text')));
      case 'thinking_delta': return this.grow(block, text(member(delta, 'thinking')));
      case 'signature_delta': block.signature += text(member(delta, 'signature')) ?? ''; return [];
      case 'input_json_delta': return this.growInput(block, text(member(delta, 'partial_json')) ?? '');
      case 'citations_delta': { const citation = member(delta, 'citation'); if (citation !== undefined) block.citations.push(citation); return []; }
      default: return [];
    }
  }

  stop(index: Json | undefined): ChatEvent[] {
    const block = this.open.get(index);
    if (!block) return [];
    this.open.delete(index);
    const end: ChatEvent = { type: 'part-end', index: block.part };
    if (block.kind === 'opaque') {
      const input = block.grown === '' ? undefined : parseJson(block.grown);
      const raw = input === undefined ? block.raw : { ...block.raw, input };
      return [{ type: 'part-start', index: block.part, part: { kind: 'opaque', dialect: 'anthropic-messages', raw } }, end];
    }
    if (block.kind === 'text') return [...citationsOf(block), end];
    if (block.kind === 'tool-call') return [...this.wholeInput(block), end];
    if (block.kind !== 'reasoning' || block.signature === '') return [end];
    return [{ type: 'signature-delta', index: block.part, signature: this.sealed('text', block.signature) }, end];
  }

  end(): ChatEvent[] { return [...this.open.keys()].flatMap((index) => this.stop(index)); }

  private partOf(wire: JsonObject): { kind: Kind; part: Part } {
    switch (wire['type']) {
      case 'text': return { kind: 'text', part: { kind: 'text', text: '' } };
      case 'thinking': return { kind: 'reasoning', part: { kind: 'reasoning', text: '' } };
      case 'redacted_thinking': {
        const redacted = this.sealed('redacted', text(wire['data']) ?? '');
        return { kind: 'reasoning', part: { kind: 'reasoning', text: '', redacted } };
      }
      case 'tool_use': return {
        kind: 'tool-call', part: { kind: 'tool-call', id: text(wire['id']) ?? '', name: text(wire['name']) ?? '', arguments: '' },
      };
      default: return { kind: 'opaque', part: { kind: 'opaque', dialect: 'anthropic-messages', raw: wire } };
    }
  }

  private sealed(kind: 'text' | 'redacted', value: string): string {
    return seal({ family: this.family, model: this.model, kind, value });
  }

  private grow(block: Block, said: string | undefined): ChatEvent[] {
    if (said) block.said += codePoints(said);
    return said && block.kind !== 'opaque' ? [{ type: 'text-delta', index: block.part, text: said }] : [];
  }

  private growInput(block: Block, piece: string): ChatEvent[] {
    block.grown += piece;
    return piece !== '' && block.kind === 'tool-call' ? [{ type: 'arguments-delta', index: block.part, text: piece }] : [];
  }

  /** Some send the whole input with the start, and nothing after it. */
  private wholeInput(block: Block): ChatEvent[] {
    if (block.grown !== '' || !isObject(block.input) || Object.keys(block.input).length === 0) return [];
    return [{ type: 'arguments-delta', index: block.part, text: JSON.stringify(block.input) }];
  }
}
