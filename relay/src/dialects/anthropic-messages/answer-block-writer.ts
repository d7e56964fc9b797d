import type { ChatEvent, Citation, JsonObject, Part } from '../chat-event.ts';
import type { Frame, WriterOptions } from '../dialect.ts';
import { isObject } from '../json-member.ts';
import { writeCitation } from './citation.ts';
import { legalCallId } from '../request/tool-call-id.ts';

/** One block after the other. A text block begins with its first text: an empty one is never sent. */
export class AnswerBlockWriter {
  private readonly reasoning: NonNullable<WriterOptions['reasoning']>;
  private readonly cites: boolean;
  private said = '';
  private index = -1;
  private part: Part | undefined;
  private started = false;
  private isSigned = false;
  /** Thoughts that are over, but for a signature that may come with the call behind them. */
  private held = false;

  constructor({ reasoning = 'shown', webSearch = false }: WriterOptions) {
    this.reasoning = reasoning;
    this.cites = webSearch;
  }

  open(part: Part): Frame[] {
    this.part = part;
    this.started = false;
    this.isSigned = false;
    this.said = '';
    switch (part.kind) {
      case 'tool-call': return [...this.signed(part.signature), ...this.start({ type: 'tool_use', id: legalCallId(part.id), name: part.name, input: {} })];
      case 'reasoning':
        if (this.reasoning === 'hidden') return [];
        return this.start(part.redacted === undefined ? { type: 'thinking', thinking: '', signature: '' } : { type: 'redacted_thinking', data: part.redacted });
      case 'opaque': return part.dialect === 'anthropic-messages' && isObject(part.raw) ? this.start(part.raw) : [];
      default: return [];
    }
  }

  /** The signature of a call belongs to the thoughts before it; they may still wait for one, else it has some of its own. */
  private signed(signature: string | undefined): Frame[] {
    if (signature === undefined || this.reasoning === 'hidden') return this.settle();
    const opened = this.held ? [] : this.start({ type: 'thinking', thinking: '', signature: '' });
    this.held = true;
    return [...opened, ...this.grow({ type: 'signature_delta', signature }), ...this.settle()];
  }

  /** Ends thoughts that waited for a signature. */
  settle(): Frame[] {
    const { held } = this;
    this.held = false;
    return held ? [frame('content_block_stop', { index: this.index })] : [];
  }

  delta(event: ChatEvent): Frame[] {
    const kind = this.part?.kind;
    if (event.type === 'arguments-delta') return kind === 'tool-call' ? this.grow({ type: 'input_json_delta', partial_json: event.text }) : [];
    if (event.type === 'signature-delta') { this.isSigned = true; return kind === 'reasoning' && this.started ? this.grow({ type: 'signature_delta', signature: event.signature }) : []; }
    if (event.type === 'citation') return this.cite(event.citation);
    if (event.type !== 'text-delta' || event.text === '') return [];
    this.said += event.text;
    if (kind === 'reasoning') return this.started && this.reasoning === 'shown' ? this.grow({ type: 'thinking_delta', thinking: event.text }) : [];
    if (kind !== 'text' && kind !== 'refusal') return [];
    const begun = this.started ? [] : this.start({ type: 'text', text: '' });
    return [...begun, ...this.grow({ type: 'text_delta', text: event.text })];
  }

  close(): Frame[] {
    const { started, part, isSigned } = this;
    this.part = undefined;
    this.started = false;
    if (started && part?.kind === 'reasoning' && part.redacted === undefined && !isSigned) { this.held = true; return []; }
    return started ? [frame('content_block_stop', { index: this.index })] : [];
  }

  /** Only to who gave the model a search: to others it would be a surprise. */
  private cite(citation: Citation): Frame[] {
    const written = this.cites && this.started && this.part?.kind === 'text' ? writeCitation(citation, this.said) : undefined;
    return written ? this.grow({ type: 'citations_delta', citation: written }) : [];
  }

  private start(block: JsonObject): Frame[] {
    this.started = true;
    const settled = this.settle();
    this.index++;
    return [...settled, frame('content_block_start', { index: this.index, content_block: block })];
  }

  private grow(delta: JsonObject): Frame[] { return [frame('content_block_delta', { index: this.index, delta })]; }
}

export const frame = (type: string, members: JsonObject): Frame => ({ event: type, data: JSON.stringify({ type, ...members }) });
