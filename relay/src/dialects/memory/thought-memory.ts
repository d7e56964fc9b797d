/**
 * Thoughts that led to calls, for clients that do not give them back (dialects 4.7, memory): what a model signed is kept for a day
 * beside the ids of the calls behind it, and put back in front of them. It lives in this process and is lost with it.
 */
import type { AnswerStep } from '../steps/answer-step.ts';
import type { ChatEvent, ChatRequest, Message, Part } from '../chat-event.ts';
import { SeenSignatures } from './seen-signatures.ts';
import { legalCallId } from '../request/tool-call-id.ts';
import { callsOf } from '../request/tool-turns.ts';

type Thought = Part & { kind: 'reasoning' };

/** Under the id that the client knows. */
const keyOf = (owner: number, callId: string): string => `${owner} ${legalCallId(callId)}`;

interface Kept { readonly thoughts: readonly Thought[]; readonly signature: string | undefined; readonly bytes: number; readonly until: number }

const dayMs = 24 * 3_600_000;
/** Longer thoughts are not kept. */
const mostBytesEach = 64 << 10;

export class ThoughtMemory {
  /** Who signed what passed. */
  readonly signatures: SeenSignatures;
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;
  private readonly now: () => number;
  private readonly capBytes: number;

  /** @param now milliseconds, of a clock that never goes back; @param capBytes of all together; 0: nothing is kept */
  constructor(now: () => number, capBytes = 64 << 20) {
    this.now = now;
    this.signatures = new SeenSignatures(now);
    this.capBytes = capBytes;
  }

  /** @param owner whose call it is: ids are not unique among accounts */
  keep(owner: number, callId: string, thoughts: readonly Thought[], signature: string | undefined): void {
    const bytes = thoughts.reduce((sum, { text, signature: own = '', redacted = '' }) => sum + 2 * (text.length + own.length + redacted.length), 100 + 2 * (signature?.length ?? 0));
    if (callId === '' || bytes > mostBytesEach || bytes > this.capBytes || (!thoughts.length && signature === undefined)) return;
    this.drop(keyOf(owner, callId));
    this.kept.set(keyOf(owner, callId), { thoughts, signature, bytes, until: this.now() + dayMs });
    this.bytes += bytes;
    for (const [oldest] of this.kept) { if (this.bytes <= this.capBytes) break; this.drop(oldest); }
  }

  find(owner: number, callId: string): Kept | undefined {
    const found = this.kept.get(keyOf(owner, callId));
    if (!found || found.until > this.now()) return found;
    this.drop(keyOf(owner, callId));
    return undefined;
  }

  /** The request with what its client forgot. */
  restored(owner: number, request: ChatRequest): ChatRequest {
    if (this.kept.size === 0) return request;
    return { ...request, messages: request.messages.map((message) => this.restoredMessage(owner, message)) };
  }

  private restoredMessage(owner: number, message: Message): Message {
    const calls = message.role === 'assistant' ? callsOf(message) : [];
    const carries = message.parts.some((part) => (part.kind === 'reasoning' && (part.signature ?? part.redacted)) || (part.kind === 'tool-call' && part.signature));
    if (!calls.length || carries) return message;
    const thoughts = calls.flatMap(({ id }) => this.find(owner, id)?.thoughts ?? []);
    const parts = message.parts.filter((part) => part.kind !== 'reasoning' || thoughts.length === 0).map((part): Part => {
      const signature = part.kind === 'tool-call' ? this.find(owner, part.id)?.signature : undefined;
      return signature === undefined || part.kind !== 'tool-call' ? part : { ...part, signature };
    });
    return { ...message, parts: [...thoughts, ...parts] };
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }
}

/** Reads along with an answer: each call is remembered with the thoughts since the call before it. */
export class ThoughtStep implements AnswerStep {
  private readonly memory: ThoughtMemory;
  private readonly owner: number;
  private readonly open = new Map<number, Part>();
  private thoughts: Thought[] = [];

  constructor(memory: ThoughtMemory, owner: number) {
    this.memory = memory;
    this.owner = owner;
  }

  push(event: ChatEvent): ChatEvent[] {
    if (event.type === 'part-start' && (event.part.kind === 'reasoning' || event.part.kind === 'tool-call')) this.open.set(event.index, event.part);
    const part = 'index' in event ? this.open.get(event.index) : undefined;
    if (part?.kind === 'reasoning' && 'index' in event) this.grow(part, event);
    if (event.type === 'part-end' && part) this.end(part, event.index);
    return [event];
  }

  private grow(part: Thought, event: ChatEvent & { index: number }): void {
    if (event.type === 'text-delta') this.open.set(event.index, { ...part, text: part.text + event.text });
    if (event.type === 'signature-delta') this.open.set(event.index, { ...part, signature: (part.signature ?? '') + event.signature });
  }

  private end(part: Part, index: number): void {
    this.open.delete(index);
    if (part.kind === 'reasoning') this.thoughts.push(part);
    if (part.kind !== 'tool-call') return;
    this.memory.keep(this.owner, part.id, this.thoughts, part.signature);
    this.thoughts = [];
  }
}
