/** Reads along with a JSON answer that passes as bytes: at the end its top-level members are found, and only usage is parsed. */
import { withoutMark } from '../../framing/byte-order-mark.ts';
import { Failure } from '../../failure/failure.ts';
import { JsonFault, type Span } from '../../framing/json-cursor.ts';
import { memberScan, type MemberScan, valueOf } from '../../framing/json-scan.ts';
import type { Json } from '../chat-event.ts';
import type { AnswerReport, AnswerWatch } from '../dialect.ts';
import { signaturesIn } from '../memory/seen-signatures.ts';
import type { Advice } from './advice.ts';
import { ReceivedText } from './received-text.ts';
import { sourcesOf, type ToolUse } from './tool-use.ts';
import { readUsage, type UsageHook } from './usage.ts';

/** Larger answers are not kept: their usage counts as not reported. */
const capBytes = 64 << 20;

/** By which members a body is known for an answer. */
export interface BodySigns {
  readonly scan: MemberScan;
  readonly whole: readonly string[];
  /** Where the text of the model stands; undefined: anywhere. */
  readonly said?: string;
  /** The member that tells the usage, where it is not `usage`. */
  readonly usage?: string;
  /** Answers carry signatures. */
  readonly signed?: boolean;
  /** Other models that were asked inside the answer. */
  readonly advice?: (usage: Json | undefined) => readonly Advice[] | undefined;
  /** Tools of the provider that the answer used. */
  readonly tools?: (read: (member: string) => Json | undefined, bytes: Buffer, usage: Json | undefined) => ToolUse | undefined;
}

const none: readonly string[] = [];
/** The first letter of `null`: where some put their answer when they have none. */
const nullMark = 0x6e;

export const chat: BodySigns = { scan: memberScan(['usage', 'error', 'choices', 'content']), whole: ['choices', 'content'], tools: (_read, _bytes, usage) => sourcesOf(usage) };

export class BodyWatch implements AnswerWatch {
  private readonly usage: UsageHook | undefined;
  private readonly signs: BodySigns;
  private kept: Buffer[] = [];
  private bytes = 0;

  constructor(usage: UsageHook | undefined, signs: BodySigns = chat) {
    this.usage = usage;
    this.signs = signs;
  }

  see(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes <= capBytes) this.kept.push(chunk); else this.kept = [];
  }

  signatures(): readonly string[] {
    return this.signs.signed ? this.kept.flatMap((bytes) => signaturesIn(bytes).map(({ value }) => value)) : none;
  }

  report(): AnswerReport {
    const bytes = withoutMark(this.kept.length === 1 ? this.kept[0]! : Buffer.concat(this.kept));
    this.kept = bytes.length ? [bytes] : [];
    const { scan, whole, said, usage } = this.signs;
    const found = scan(bytes);
    const members = found instanceof JsonFault ? new Map<string, Span>() : found.members;
    const read = (name: string): Json | undefined => {
      const span = members.get(name);
      return span && valueOf(bytes, span);
    };
    const told = read(usage ?? 'usage'), tokens = readUsage(told, this.usage);
    const error = read('error');
    const failed = error !== undefined && error !== null && error !== '';
    const complete = !failed && whole.some((name) => { const span = members.get(name); return span !== undefined && bytes[span.start] !== nullMark; });
    const place = said === undefined ? undefined : members.get(said);
    const text = place ? bytes.subarray(place.start, place.end) : bytes;
    const tools = this.signs.tools?.(read, bytes, told);
    const advice = this.signs.advice?.(told);
    return { ...(tools ? { tools } : {}), ...(advice ? { advice } : {}), tokens, begun: undefined, complete, receivedTokens: tokens?.output ?? count(text), failure: failed ? refusal(error) : undefined };
  }
}

const refusal = (error: Json): Failure => new Failure('bad_response_body', { note: JSON.stringify(error).slice(0, 500) });

function count(bytes: Buffer): number {
  const received = new ReceivedText();
  received.addBody(bytes);
  return received.tokens;
}
