/** The items of an answer, in the order in which they begin. A message ends where something else begins; calls may overlap. */
import type { Citation, Json, JsonObject, Part, TokenLogprob } from '../chat-event.ts';
import type { Frame } from '../dialect.ts';
import { isObject } from '../json-member.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { writeAnnotation } from './annotation.ts';
import { CallRun } from './call-run.ts';
import { CustomRun } from './custom-run.ts';
import { type HostedItem, imageItem, searchItem } from './hosted-item.ts';
import { type Emit, MessageRun } from './message-run.ts';
import { itemId } from './response-object.ts';
import { ThoughtRun } from './thought-run.ts';

interface Running<Run> { at: number; run: Run }
type Open = { kind: 'text' | 'refusal'; start: number; citations: Citation[] } | { kind: 'thought'; signature: string; running?: Running<ThoughtRun> } | { kind: 'call'; running: Running<CallRun | CustomRun> };

/** What the client takes, and how it names its tools. */
export interface OutputClient { signatures: boolean; customTools: ReadonlySet<string>; spaces: ReadonlyMap<string, { namespace: string; name: string }> }

export class OutputWriter {
  /** Whole items by their place; one that is still growing is missing. */
  private readonly items: (JsonObject | undefined)[] = [];
  /** By the index of the part. */
  private readonly open = new Map<number, Open>();
  private message: Running<MessageRun> | undefined;
  private spoke = false;
  private readonly emit: Emit;
  private readonly response: JsonObject;
  private readonly signatures: boolean;
  private readonly customTools: ReadonlySet<string>;
  private readonly spaces: OutputClient['spaces'];

  constructor(emit: Emit, response: JsonObject, client: OutputClient) {
    this.emit = emit;
    this.response = response;
    this.signatures = client.signatures;
    this.customTools = client.customTools;
    this.spaces = client.spaces;
  }

  get output(): JsonObject[] { return this.items.flatMap((item) => (item ? [item] : [])); }

  /** Where an answer breaks off: with what was growing, as far as it came. Nothing can be written after it. */
  broken(): JsonObject[] {
    const whole = new Set(this.output);
    this.close();
    return this.output.map((item) => (whole.has(item) ? item : { ...item, status: 'incomplete' }));
  }

  start(index: number, part: Part, choice = 0): Frame[] {
    if (choice > 0) return [];
    if (part.kind === 'text' || part.kind === 'refusal') this.open.set(index, { kind: part.kind, start: this.message?.run.length ?? 0, citations: [] });
    if (part.kind === 'reasoning') this.open.set(index, { kind: 'thought', signature: part.redacted ?? '' });
    if (part.kind === 'image') return this.whole('ig_', imageItem(part));
    if (part.kind === 'opaque') return part.dialect === 'openai-responses' ? this.hosted(part.raw) : this.whole('ws_', searchItem(part));
    return part.kind === 'tool-call' ? this.startCall(index, part) : [];
  }

  cite(index: number, citation: Citation): void {
    const open = this.open.get(index);
    if (open?.kind === 'text') open.citations.push(citation);
  }

  text(index: number, piece: string, logprobs?: readonly TokenLogprob[]): Frame[] {
    const open = this.open.get(index);
    if (!open || open.kind === 'call' || piece === '') return [];
    if (open.kind === 'thought') return [...this.beginThought(open), ...(open.running?.run.say(piece) ?? [])];
    this.spoke = true;
    const begun = this.beginMessage();
    return [...begun, ...(this.message?.run.say(open.kind, piece, logprobs) ?? [])];
  }

  argument(index: number, piece: string): Frame[] {
    const open = this.open.get(index);
    return open?.kind === 'call' && piece !== '' ? open.running.run.say(piece) : [];
  }

  sign(index: number, signature: string): void {
    const open = this.open.get(index);
    if (open?.kind === 'thought') open.signature += signature;
  }

  end(index: number): Frame[] {
    const open = this.open.get(index);
    this.open.delete(index);
    if (open?.kind === 'call') return this.keep(open.running.at, open.running.run.end());
    if (open?.kind === 'text') return this.annotate(open.start, open.citations);
    if (open?.kind !== 'thought') return [];
    const encrypted = this.signatures && open.signature !== '' ? open.signature : undefined;
    const begun = encrypted === undefined ? [] : this.beginThought(open);
    return open.running ? [...begun, ...this.keep(open.running.at, open.running.run.end(encrypted))] : [];
  }

  /** Why it refused, where it said nothing itself. */
  refuse(why: string): Frame[] {
    if (this.spoke) return [];
    const begun = this.beginMessage();
    return [...begun, ...(this.message?.run.say('refusal', why) ?? [])];
  }

  /** Ends everything that still grows. */
  close(): Frame[] {
    const message = this.closeMessage();
    return [...message, ...[...this.open.keys()].flatMap((index) => this.end(index))];
  }

  private annotate(start: number, citations: readonly Citation[]): Frame[] {
    const annotations = citations.flatMap((citation) => { const written = writeAnnotation(citation, start); return written ? [written] : []; });
    // Told when the text was over: they stand in a message without words.
    const begun = annotations.length ? this.beginText() : [];
    return [...begun, ...annotations.flatMap((annotation) => this.message?.run.annotate(annotation) ?? [])];
  }

  /** As its provider told it, to a client of its own dialect. */
  private hosted(raw: Json): Frame[] {
    if (!isObject(raw)) return [];
    const closed = this.closeMessage(), at = this.next();
    this.items[at] = raw;
    return [...closed, this.emit('response.output_item.added', { output_index: at, item: { ...raw, status: 'in_progress' } }), this.emit('response.output_item.done', { output_index: at, item: raw })];
  }

  private beginText(): Frame[] {
    const begun = this.beginMessage();
    return [...begun, ...(this.message?.run.touch() ?? [])];
  }

  /** An item that comes in one piece. */
  private whole(prefix: 'ig_' | 'ws_', item: HostedItem | undefined): Frame[] {
    if (!item) return [];
    const closed = this.closeMessage();
    const at = this.next();
    const id = itemId(prefix, this.response, at);
    const done = { id, ...item.members };
    this.items[at] = done;
    return [
      ...closed,
      this.emit('response.output_item.added', { output_index: at, item: { ...done, ...item.begun, status: 'in_progress' } }),
      this.emit(`response.${item.type}.completed`, { output_index: at, item_id: id }),
      this.emit('response.output_item.done', { output_index: at, item: done }),
    ];
  }

  private startCall(index: number, part: Part & { kind: 'tool-call' }): Frame[] {
    const closed = [...this.closeMessage(), ...this.signed(part.signature)];
    const at = this.next();
    const call = { id: legalCallId(part.id), name: part.name, ...this.spaces.get(part.name) };
    const run = this.customTools.has(part.name)
      ? new CustomRun(this.emit, at, itemId('ctc_', this.response, at), call)
      : new CallRun(this.emit, at, itemId('fc_', this.response, at), call);
    this.open.set(index, { kind: 'call', running: { at, run } });
    return [...closed, run.begin()];
  }

  /** The signature of a call is an item of its own, directly before it (dialects 4.7). */
  private signed(signature: string | undefined): Frame[] {
    if (signature === undefined || !this.signatures) return [];
    const at = this.next();
    const run = new ThoughtRun(this.emit, at, itemId('rs_', this.response, at));
    return [run.begin(), ...this.keep(at, run.end(signature))];
  }

  private beginMessage(): Frame[] {
    if (this.message) return [];
    const at = this.next();
    const run = new MessageRun(this.emit, at, itemId('msg_', this.response, at));
    this.message = { at, run };
    return [run.begin()];
  }

  private beginThought(open: Open & { kind: 'thought' }): Frame[] {
    if (open.running) return [];
    const closed = this.closeMessage();
    const at = this.next();
    const run = new ThoughtRun(this.emit, at, itemId('rs_', this.response, at));
    open.running = { at, run };
    return [...closed, run.begin()];
  }

  private closeMessage(): Frame[] {
    const { message } = this;
    this.message = undefined;
    return message ? this.keep(message.at, message.run.end()) : [];
  }

  private next(): number { return this.items.push(undefined) - 1; }

  private keep(at: number, { frames, item }: { frames: Frame[]; item: JsonObject }): Frame[] {
    this.items[at] = item;
    return frames;
  }
}
