/** The members that routing and pricing read, from a partial scan. What is wrong is named; everything else is the upstream's business. */
import { Failure } from '../../failure/failure.ts';
import { guardedMembers } from './guarded-members.ts';
import { JsonFault } from '../../framing/json-cursor.ts';
import type { Json } from '../../framing/json.ts';
import { valueOf, type MemberScan, type Scan } from '../../framing/json-scan.ts';

/** More white space than anybody puts between two brackets. */
const emptyBytes = 64;
const openBracket = 0x5b, nullSign = 0x6e;
/** As long as the name of a channel's model may be. */
const longestModel = 255;
/** Control characters, and halves of characters. */
const unstorable = /[\p{Cc}\p{Cs}]/u;
const largest = 2 ** 31 - 1;

/** Some providers have the model in their address, where such a part leads elsewhere (EGR-05). */
const climbs = /(?:^|[/\\])\.\.?(?:[/\\]|$)/;

export const wrong = (param: string, must: string): Failure => new Failure('invalid_request', { say: `\`${param}\` ${must}.`, param });

/** Readers always answer with a value; the first fault is kept, and whoever scans asks for it at the end. */
export class RequestMembers {
  private readonly body: Buffer;
  private readonly scan: Scan;
  /** The first fault found. */
  fault: Failure | undefined;

  private constructor(body: Buffer, scan: Scan) { this.body = body; this.scan = scan; }

  static of(body: Buffer, scan: MemberScan): RequestMembers | Failure {
    const found = scan(body);
    if (!(found instanceof JsonFault)) return new RequestMembers(body, found);
    if (found.reason === 'expected an object' && body.length > 0) return new Failure('invalid_request', { say: 'The body must be a JSON object.' });
    const say = body.length === 0 ? 'The body is empty.' : `The body is not valid JSON: ${found.reason} at byte ${found.at}.`;
    return new Failure('bad_request_body', { say });
  }

  get inside(): number { return this.scan.inside; }
  get marked(): readonly number[] { return this.scan.marked; }
  /** Model tokens of the request, where the scan counts along. */
  get tokens(): number | undefined { return this.scan.counter?.tokens; }

  /** Those of `guardedMembers` that are there; undefined: none, as nearly always. */
  get guarded(): string[] | undefined {
    let there: string[] | undefined;
    for (const name of guardedMembers) if (this.scan.members.has(name)) (there ??= []).push(name);
    return there;
  }

  span(name: string) { return this.scan.members.get(name); }

  model(): string {
    const model = this.value('model');
    if (model === undefined || model === null) return this.refuse('model', 'is required', '');
    if (typeof model !== 'string' || model === '') return this.refuse('model', 'must be a text that is not empty', '');
    return this.checkModel(model);
  }

  /** A name that came in another way than as a member. */
  checkModel(model: string): string {
    if (model.length > longestModel) return this.refuse('model', `must have at most ${longestModel} characters`, '');
    // A name with these could be neither stored nor priced, and so not charged: it would stand in the way of the books.
    if (unstorable.test(model)) return this.refuse('model', 'must not hold control characters or halves of characters', '');
    if (climbs.test(model)) return this.refuse('model', 'must not hold `.` or `..` between slashes', '');
    return model;
  }

  flag(name: string): boolean {
    const value = this.value(name);
    if (value === undefined || value === null || typeof value === 'boolean') return value === true;
    return this.refuse(name, 'must be true or false', false);
  }

  /** A flag that some clients write as a text. */
  looseFlag(name: string): boolean {
    const value = this.value(name);
    return value === 'true' || (value !== 'false' && value !== '' && this.flag(name));
  }

  /** 0 when it is not there. */
  count(name: string): number {
    const value = this.value(name);
    if (value === undefined || value === null) return 0;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest) return value;
    return this.refuse(name, `must be a whole number from 0 to ${largest}`, 0);
  }

  /** A factor of what the request costs: 1 when it is not there. */
  factor(name: string, most: number): number {
    const count = this.count(name), value = this.fault ? null : this.value(name);
    if (value === undefined || value === null) return 1;
    return count >= 1 && count <= most ? count : this.refuse(name, `must be a whole number from 1 to ${most}`, 1);
  }

  /** Whatever it is, so long as it is there and not null: the upstream reads it. */
  require(name: string): void {
    const span = this.span(name);
    if (!span || this.body[span.start] === nullSign) this.refuse(name, 'is required', undefined);
  }

  /** Looks at its first byte only: the upstream reads the rest. */
  requireList(name: string): void {
    const span = this.span(name);
    if (!span) this.refuse(name, 'is required', undefined);
    else if (this.body[span.start] !== openBracket) this.refuse(name, 'must be a list', undefined);
  }

  /** Brackets with nothing but white space between them. */
  isEmptyList(name: string): boolean {
    const span = this.span(name);
    return span !== undefined && span.end - span.start < emptyBytes && /^\[\s*\]$/.test(this.body.toString('latin1', span.start, span.end));
  }

  value(name: string): Json | undefined {
    const span = this.span(name);
    if (!span) return undefined;
    const value = valueOf(this.body, span);
    return value === undefined ? this.refuse(name, 'is not valid JSON', undefined) : value;
  }

  /** Keeps the fault if it is the first. */
  refuse<T>(name: string, must: string, instead: T): T {
    this.fault ??= wrong(name, must);
    return instead;
  }
}
