/**
 * Model tokens of a request, about, without reading all of it: long texts are sampled, media count a flat figure. Used for the
 * hold, and for endings without a report. Overheads: semantics 1.10.
 */
import { JsonCursor, type Span } from '../../framing/json-cursor.ts';
import type { StringCounter } from '../../framing/json-scan.ts';
import { TextMeter } from './text-meter.ts';

const perMessage = 3, perTool = 8, perName = 3, reply = 3;
const perImage = 520, perAudio = 256, perFile = 4096;
/** Up to here a text is counted in full; above, three samples stand for it, of an eighth of it each as far as that is between these. */
const fullBytes = 384, leastSample = 128, mostSample = 512;
const base64 = /^(data:([a-z]+)\/[^,]{0,80},)?[A-Za-z0-9+/_=\s-]{200,}$/;

/** @returns tokens; 0 for a body that is not JSON */
export function estimateInput(body: Buffer): number {
  const count = new InputCount(body);
  const cursor = new JsonCursor(body);
  cursor.onString = (start, end, member) => count.text(start, end, member);
  cursor.space();
  return cursor.value(0) ? count.tokens : 0;
}

/** Counts along where the body is walked over anyway. */
export const inputCount = (body: Buffer): StringCounter => new InputCount(body);

class InputCount implements StringCounter {
  private readonly body: Buffer;
  private readonly meter = new TextMeter();
  private extra = reply;

  constructor(body: Buffer) { this.body = body; }

  get tokens(): number { return this.meter.tokens + Math.ceil(this.extra); }

  text(start: number, end: number, member: Span): void {
    const length = member.end - member.start - 2;
    // By length first: names are compared only where they can match.
    if (length === 4 && this.is(member, 'role')) this.extra += perMessage;
    else if (length === 4 && this.is(member, 'name')) this.extra += perName;
    else if (length === 4 && this.is(member, 'type')) this.extra += this.isWord(start, end, 'function') ? perTool - perName : 0;
    else if (length !== 5 || !this.is(member, 'model')) this.content(start, end, member);
  }

  private content(start: number, end: number, member: Span): void {
    if (end - start <= fullBytes) {
      if (this.isLink(start, end, member)) return;
      this.meter.add(this.body, start, end);
      this.meter.end();
      return;
    }
    const head = base64.exec(this.body.toString('latin1', start, start + 300));
    if (head) this.extra += flat(head[2] ?? this.mediaOf(member));
    else this.sampled(start, end);
  }

  private sampled(start: number, end: number): void {
    const samples = new TextMeter(), sampleBytes = Math.min(mostSample, Math.max(leastSample, (end - start) >> 3));
    const step = (end - start - sampleBytes) >> 1;
    for (let index = 0; index < 3; index++) samples.add(this.body, start + index * step, start + index * step + sampleBytes);
    this.extra += samples.tokens * ((end - start) / (3 * sampleBytes));
  }

  /** An image by its address costs what the image costs. */
  private isLink(start: number, end: number, member: Span): boolean {
    const file = this.is(member, 'file_url');
    if ((!file && !this.is(member, 'url') && !this.is(member, 'image_url')) || end - start < 8 || this.body.toString('latin1', start, start + 4) !== 'http') return false;
    this.extra += file ? perFile : perImage;
    return true;
  }

  private mediaOf(member: Span): string { return this.is(member, 'file_data') ? 'application' : 'image'; }

  private is(member: Span, name: string): boolean { return this.isWord(member.start + 1, member.end - 1, name); }

  private isWord(start: number, end: number, word: string): boolean {
    if (end - start !== word.length) return false;
    for (let index = 0; index < word.length; index++) if (this.body[start + index] !== word.charCodeAt(index)) return false;
    return true;
  }
}

function flat(media: string): number {
  if (media === 'audio') return perAudio;
  return media === 'application' || media === 'text' ? perFile : perImage;
}
