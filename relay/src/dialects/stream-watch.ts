/**
 * Reads along with a stream that passes as bytes. Chunks are kept by reference and looked at in batches, by searching for the
 * few strings that stand in events which matter; only those events are parsed. Per event this costs a tenth of parsing it.
 */
import type { Failure } from '../failure/failure.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import { SseReader } from '../framing/sse-reader.ts';
import type { AnswerReport, AnswerWatch, Frame } from './dialect.ts';
import { ReceivedText } from './received-text.ts';

export interface StreamNotes {
  tokens: UsageTokens | undefined;
  begun: UsageTokens | undefined;
  complete: boolean;
  failure: Failure | undefined;
}

/** What a dialect looks for. */
export interface StreamSigns {
  /** Each event that matters holds at least one of these. */
  readonly needles: readonly string[];
  /** Takes one such event; returns the notes with what it says. */
  note(frame: Frame, notes: StreamNotes): StreamNotes;
}

/** A batch: small enough that 10,000 idle streams cost nothing, large enough to search quickly. */
const batchBytes = 8 << 10;
/** An event above this is not read, and not counted as text. */
const eventCap = 4 << 20;
const ends = ['\n\n', '\n\r\n', '\r\r'].map((end) => Buffer.from(end));

export class StreamWatch implements AnswerWatch {
  private readonly signs: StreamSigns;
  private readonly needles: readonly Buffer[];
  private readonly received = new ReceivedText();
  private notes: StreamNotes = { tokens: undefined, begun: undefined, complete: false, failure: undefined };
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private limit = batchBytes;

  constructor(signs: StreamSigns) {
    this.signs = signs;
    this.needles = signs.needles.map((needle) => Buffer.from(needle));
  }

  see(chunk: Buffer): void {
    this.kept.push(chunk);
    this.keptBytes += chunk.length;
    if (this.keptBytes > this.limit) this.reduce();
  }

  report(): AnswerReport {
    const rest = this.reduce();
    // The last event may lack its blank line, or may still be growing: it is looked at and stays.
    const known = this.read(rest, this.notes);
    // Some upstreams count from zero in every chunk: before the end a zero says nothing.
    const notes = !known.complete && known.tokens?.input === 0 && known.tokens.output === 0 ? { ...known, tokens: undefined } : known;
    const told = notes.tokens !== undefined && notes.complete;
    return { ...notes, begun: notes.tokens ? undefined : notes.begun, receivedTokens: told ? notes.tokens?.output ?? 0 : this.received.tokens };
  }

  /** Reads the events that are whole, keeps the rest. */
  private reduce(): Buffer {
    const bytes = this.kept.length === 1 ? this.kept[0]! : Buffer.concat(this.kept);
    const cut = Math.max(...ends.map((end) => { const at = bytes.lastIndexOf(end); return at < 0 ? 0 : at + end.length; }));
    const rest = bytes.length - cut > eventCap ? bytes.subarray(bytes.length) : bytes.subarray(cut);
    if (cut > 0) {
      const whole = bytes.subarray(0, cut);
      this.notes = this.read(whole, this.notes);
      if (!(this.notes.tokens && this.notes.complete)) this.received.addEvents(whole);
    }
    // A copy, so that a few bytes do not hold on to a whole batch.
    this.kept = rest.length ? [cut > 0 ? Buffer.from(rest) : rest] : [];
    this.keptBytes = rest.length;
    this.limit = Math.max(batchBytes, rest.length * 2);
    return rest;
  }

  private read(bytes: Buffer, notes: StreamNotes): StreamNotes {
    if (!this.needles.some((needle) => bytes.includes(needle))) return notes;
    const reader = new SseReader(eventCap * 2);
    const frames = reader.push(bytes);
    if (!Array.isArray(frames)) return notes;
    return [...frames, ...reader.end()]
      .filter((frame) => this.signs.needles.some((needle) => frame.data.includes(needle)))
      .reduce((known, frame) => this.signs.note(frame, known), notes);
  }
}
