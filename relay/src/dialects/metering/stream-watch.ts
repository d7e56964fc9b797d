/**
 * Reads along with a stream that passes as bytes. Chunks are kept by reference and looked at in batches, by searching for the
 * few strings that stand in events which matter; only those events are parsed. Per event this costs a tenth of parsing it.
 */
import type { Failure } from '../../failure/failure.ts';
import type { UsageTokens } from '../../gql/types.gen.ts';
import { SseReader } from '../../framing/sse-reader.ts';
import { eventEndBefore, eventsWith } from '../../framing/sse-search.ts';
import type { AnswerReport, AnswerWatch, Frame } from '../dialect.ts';
import type { Advice } from './advice.ts';
import type { ToolUse } from './tool-use.ts';
import { AnswerSignatures } from '../memory/seen-signatures.ts';
import { ReceivedText } from './received-text.ts';
import type { UsageHook } from './usage.ts';

export interface StreamNotes {
  tokens: UsageTokens | undefined;
  begun: UsageTokens | undefined;
  complete: boolean;
  failure: Failure | undefined;
  tools?: ToolUse | undefined;
  advice?: readonly Advice[] | undefined;
}

/** What a dialect looks for. */
export interface StreamSigns {
  /** Each event that matters holds at least one of these. */
  readonly needles: readonly Buffer[];
  /** Whether the first event says something that the last ones do not. */
  readonly tellsAtStart: boolean;
  /** See `ReceivedText`. */
  readonly callMark?: Buffer;
  /** See `ReceivedText`. */
  readonly textMark?: Buffer;
  /** Answers carry signatures. */
  readonly signed?: boolean;
  /** Events carry their number. */
  readonly numbered?: boolean;
  /** Takes one such event; returns the notes with what it says. */
  note(frame: Frame, notes: StreamNotes): StreamNotes;
}

/** Signs are made once for each way to read usage, and not for each stream. */
export function signsBy(make: (hook: UsageHook | undefined) => StreamSigns): (hook: UsageHook | undefined) => StreamSigns {
  const usual = make(undefined), made = new WeakMap<UsageHook, StreamSigns>();
  return (hook) => {
    const known = hook ? made.get(hook) : usual;
    if (known || !hook) return known ?? usual;
    const signs = make(hook);
    made.set(hook, signs);
    return signs;
  };
}

/** For `StreamSigns.needles`. */
export const needles = (...texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text));

/** A batch: small enough that 10,000 idle streams cost nothing, large enough to search quickly. */
const batchBytes = 8 << 10;
/** Of a batch the end stays: what matters stands in the first event, or in the last ones. */
const tailBytes = 2 << 10;
/** An event above this is not read, and not counted as text. A last event may repeat pictures beside its usage. */
const eventCap = 64 << 20;
const nothing = Buffer.alloc(0);
const nothingNoted: StreamNotes = Object.freeze({ tokens: undefined, begun: undefined, complete: false, failure: undefined });
const none: readonly string[] = [];
const numberMark = '"sequence_number"';

export class StreamWatch implements AnswerWatch {
  private readonly signs: StreamSigns;
  private readonly received: ReceivedText;
  private notes: StreamNotes = nothingNoted;
  readonly copies = true;
  /** One place that is written over batch by batch: a copy of each chunk would outlive collections, and all streams together cause them. */
  private sheet = nothing;
  private used = 0;
  private limit = batchBytes;
  private first = true;
  private readonly signed: AnswerSignatures | undefined;

  constructor(signs: StreamSigns) {
    this.signs = signs;
    this.received = new ReceivedText(signs.callMark, signs.textMark);
    if (signs.signed) this.signed = new AnswerSignatures();
  }

  see(chunk: Buffer): void {
    if (this.used + chunk.length > this.sheet.length) this.makeRoom(this.used + chunk.length);
    chunk.copy(this.sheet, this.used);
    this.used += chunk.length;
    if (this.used > this.limit) this.reduce();
  }

  report(): AnswerReport {
    const bytes = this.seen();
    // The last event may lack its blank line, or may still be growing: all is looked at, and stays.
    const known = this.read(bytes, this.notes);
    // Some upstreams count from zero in every chunk: before the end a zero says nothing.
    const notes = !known.complete && known.tokens?.input === 0 && known.tokens.output === 0 ? { ...known, tokens: undefined } : known;
    if (notes.tokens && notes.complete) return { ...notes, begun: undefined, receivedTokens: notes.tokens.output };
    const received = this.received.with(bytes.subarray(0, eventEndBefore(bytes, bytes.length)));
    return { ...notes, begun: notes.tokens ? undefined : notes.begun, receivedTokens: received };
  }

  signatures(): readonly string[] {
    this.signed?.read(this.seen());
    return this.signed?.values ?? none;
  }

  /** What a model writes cannot look like one: its quotes are escaped. */
  sequence(): number | undefined {
    if (!this.signs.numbered) return undefined;
    const bytes = this.seen(), at = bytes.lastIndexOf(numberMark);
    const digits = at < 0 ? undefined : /^\s*:\s*(\d{1,9})\b/.exec(bytes.toString('latin1', at + numberMark.length, at + numberMark.length + 16))?.[1];
    return digits === undefined ? undefined : Number(digits);
  }

  /** Counts the text of whole events but the last, and lets them go. */
  private reduce(): void {
    const bytes = this.seen();
    const cut = eventEndBefore(bytes, bytes.length - tailBytes);
    const grown = bytes.length - cut;
    if (cut > 0) {
      const whole = bytes.subarray(0, cut);
      if (this.first && this.signs.tellsAtStart) this.notes = this.read(whole, this.notes);
      this.first = false;
      this.received.addEvents(whole);
      this.signed?.read(whole);
    }
    this.keepFrom(grown > eventCap ? bytes.length : cut);
    this.limit = Math.max(batchBytes, this.used * 2);
  }

  private keepFrom(cut: number): void {
    const { sheet, used } = this;
    this.used = used - cut;
    // After a large event, so that the little behind it does not hold on to its place.
    if (sheet.length > 8 * batchBytes && this.used < batchBytes) this.sheet = Buffer.from(sheet.subarray(cut, used));
    else if (cut > 0) sheet.copyWithin(0, cut, used);
  }

  /** What one chunk needs, or twice what there was: nearly all streams that wait have seen little. */
  private makeRoom(bytes: number): void {
    // Of its own: a piece of a shared slab would keep all 8 KB of it for as long as the stream lasts.
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.sheet.length));
    this.sheet.copy(larger, 0, 0, this.used);
    this.sheet = larger;
  }

  private seen(): Buffer { return this.sheet.subarray(0, this.used); }

  private read(bytes: Buffer, notes: StreamNotes): StreamNotes {
    return eventsWith(bytes, this.signs.needles).reduce((known, event) => {
      const reader = new SseReader(eventCap * 2);
      const frames = reader.push(event);
      return Array.isArray(frames) ? [...frames, ...reader.end()].reduce((all, frame) => this.signs.note(frame, all), known) : known;
    }, notes);
  }
}
