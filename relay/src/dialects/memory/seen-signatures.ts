/**
 * Which house made which signature, of those that passed here in a dialect that several houses speak (dialects 3): clients give them back
 * to whoever answers next, and others than their makers refuse them. Hashes alone are kept, for a day, in this process.
 */
import { hash } from 'node:crypto';

interface Seen { readonly family: string; readonly until: number }

const dayMs = 24 * 3_600_000, most = 100_000;
/** Values of the members that carry signatures. Shorter ones are none. */
const carriers = /"(?:signature|thoughtSignature|thought_signature|encrypted_content)"\s*:\s*"([^"\\]{16,})"|"type"\s*:\s*"redacted_thinking"\s*,\s*"data"\s*:\s*"([^"\\]{16,})"/g;
const signs = ['ignature"', '"encrypted_content"', '"redacted_thinking"'].map((sign) => Buffer.from(sign));

/** What these bytes carry, whole values only. Nearly always they carry nothing, and that is told by three searches. */
export function signaturesIn(bytes: Buffer): { readonly value: string; readonly at: number }[] {
  if (!signs.some((sign) => bytes.includes(sign))) return [];
  return Array.from(bytes.toString('latin1').matchAll(carriers), (match) => {
    const value = match[1] ?? match[2] ?? '';
    return { value, at: match.index + match[0].length - value.length - 1 };
  });
}

/** Of one answer, so many are remembered. */
const mostOfAnswer = 256;

/** Those of an answer that comes in pieces, each of whole values. */
export class AnswerSignatures {
  values: readonly string[] = none;

  read(bytes: Buffer): void {
    const found = signaturesIn(bytes);
    if (found.length > 0) this.values = [...this.values, ...found.map(({ value }) => value)].slice(-mostOfAnswer);
  }
}

const none: readonly string[] = [];

export class SeenSignatures {
  private readonly seen = new Map<string, Seen>();
  private readonly counts = new Map<string, number>();
  private readonly now: () => number;

  /** @param now milliseconds, of a clock that never goes back */
  constructor(now: () => number) { this.now = now; }

  note(family: string, values: readonly string[]): void {
    for (const value of values) {
      const key = keyOf(value);
      this.drop(key);
      this.seen.set(key, { family, until: this.now() + dayMs });
      this.counts.set(family, (this.counts.get(family) ?? 0) + 1);
    }
    for (const [oldest] of this.seen) { if (this.seen.size <= most) break; this.drop(oldest); }
  }

  /** Where values of other houses begin, ascending. A house that is the only one costs nothing. */
  foreignTo(family: string, body: Buffer): number[] {
    if (this.counts.size === 0 || (this.counts.size === 1 && this.counts.has(family))) return [];
    return signaturesIn(body).flatMap(({ value, at }) => (this.isForeign(family, value) ? [at] : []));
  }

  private isForeign(family: string, value: string): boolean {
    const key = keyOf(value), found = this.seen.get(key);
    if (found && found.until <= this.now()) this.drop(key);
    return found !== undefined && found.until > this.now() && found.family !== family;
  }

  private drop(key: string): void {
    const found = this.seen.get(key);
    if (!found) return;
    this.seen.delete(key);
    const left = (this.counts.get(found.family) ?? 1) - 1;
    if (left > 0) this.counts.set(found.family, left); else this.counts.delete(found.family);
  }
}

const keyOf = (value: string): string => hash('sha256', value, 'base64').slice(0, 24);
