/** Reads along with a JSON answer that is not chat: at its end the top-level members are found, and only those that count are parsed. */
import type { AnswerReport, AnswerWatch } from '../dialects/dialect.ts';
import type { Json } from '../dialects/chat-event.ts';
import type { UsageHook } from '../dialects/metering/usage.ts';
import { Failure } from '../failure/failure.ts';
import { JsonCursor, JsonFault, type Span } from '../framing/json-cursor.ts';
import { memberScan, type MemberScan, valueOf } from '../framing/json-scan.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import { ofSeconds, readEndpointUsage } from './endpoint-usage.ts';

/** By what an answer is known. */
export interface AnswerSigns {
  /** Any of these members makes it an answer. */
  readonly whole: readonly string[];
  /** The list of what was made, where a price by call counts that. */
  readonly made?: string;
  /** The member that tells how long the sound was, where nothing better is reported. */
  readonly seconds?: string;
}

/** Larger answers are not kept: their usage counts as not reported. */
const capBytes = 64 << 20;
const scans = new WeakMap<AnswerSigns, MemberScan>();

export class EndpointWatch implements AnswerWatch {
  private readonly signs: AnswerSigns;
  private readonly hook: UsageHook | undefined;
  private kept: Buffer[] = [];
  private bytes = 0;

  constructor(signs: AnswerSigns, hook: UsageHook | undefined) {
    this.signs = signs;
    this.hook = hook;
  }

  see(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes <= capBytes) this.kept.push(chunk); else this.kept = [];
  }

  report(): AnswerReport {
    const bytes = this.kept.length === 1 ? this.kept[0]! : Buffer.concat(this.kept);
    this.kept = bytes.length ? [bytes] : [];
    const found = scanOf(this.signs)(bytes);
    const members = found instanceof JsonFault ? new Map<string, Span>() : found.members;
    const read = (name: string): Json | undefined => {
      const span = members.get(name);
      return span && valueOf(bytes, span);
    };
    const error = read('error');
    const failed = error !== undefined && error !== null && error !== '';
    const complete = !failed && this.signs.whole.some((name) => members.has(name));
    const tokens: UsageTokens | undefined = readEndpointUsage(read, this.hook) ?? ofSeconds(this.signs.seconds === undefined ? undefined : read(this.signs.seconds));
    const list = this.signs.made === undefined ? undefined : members.get(this.signs.made);
    const failure = failed ? new Failure('bad_response_body', { note: JSON.stringify(error).slice(0, 500) }) : undefined;
    return { tokens, begun: undefined, complete, receivedTokens: 0, failure, ...(list ? { made: elements(bytes, list) } : {}) };
  }
}

function scanOf(signs: AnswerSigns): MemberScan {
  const known = scans.get(signs);
  if (known) return known;
  const scan = memberScan(['usage', 'meta', 'error', ...signs.whole, ...(signs.seconds === undefined ? [] : [signs.seconds])]);
  scans.set(signs, scan);
  return scan;
}

/** How many values a list has: counted by walking over it, as pictures may be megabytes each. */
function elements(bytes: Buffer, list: Span): number {
  const cursor = new JsonCursor(bytes, list.start);
  let count = 0;
  cursor.onElement = (of) => { if (of === list.start) count++; };
  return cursor.value(0) ? count : 0;
}
