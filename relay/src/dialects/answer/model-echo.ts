/** Sets the model name of an answer back to the one that the client asked for, where a mapping had changed it (dialects 3). */
import { JsonFault, type Span } from '../../framing/json-cursor.ts';
import { memberScan } from '../../framing/json-scan.ts';
import { splice } from '../../framing/splice.ts';
import type { AnswerEditor } from '../dialect.ts';
import type { EventEdit } from './event-editor.ts';

const lf = 0x0a, cr = 0x0d, brace = 0x7b;

/** Where the model name stands in one JSON text. */
export type ModelPlace = (json: Buffer) => Span | undefined;

/** At the top, under this name. */
export function topMember(name: string): ModelPlace {
  const scan = memberScan([name]);
  return (json) => {
    const found = scan(json);
    return found instanceof JsonFault ? undefined : found.members.get(name);
  };
}

export const topModel = topMember('model');

/** anthropic-messages: in the `message` of the first event; openai-responses: in the `response` of several. */
export const innerModel = (member: string): ModelPlace => {
  const scan = memberScan([member]);
  return (json) => {
    const found = scan(json);
    const outer = found instanceof JsonFault ? undefined : found.members.get(member);
    const inner = outer && topModel(json.subarray(outer.start, outer.end));
    return inner && { start: outer.start + inner.start, end: outer.start + inner.end };
  };
};

/** @param member the name of the member that tells the model */
export function modelEcho(name: string, place: ModelPlace, member = 'model'): EventEdit {
  const modelName = Buffer.from(`"${member}"`);
  const text = JSON.stringify(name);
  // Chunks of one stream begin alike, up to and with the model name: what was done to one is done to the next.
  let known: { before: Buffer; after: Buffer } | undefined;
  return {
    holdBytes: 64 << 20,
    skim: (events) => events.indexOf(modelName) < 0,
    edit: (event) => {
      if (known && startsWith(event, known.before)) return Buffer.concat([known.after, event.subarray(known.before.length)]);
      if (event.indexOf(modelName) < 0) return event;
      const start = event.indexOf(brace);
      const found = place(event.subarray(start, lineEnd(event, start)));
      if (!found) return event;
      const before = event.subarray(0, start + found.end);
      known = { before, after: splice(before, [{ start: start + found.start, end: start + found.end, text }]) };
      return Buffer.concat([known.after, event.subarray(before.length)]);
    },
  };
}

const startsWith = (bytes: Buffer, beginning: Buffer): boolean =>
  bytes.length >= beginning.length && bytes.compare(beginning, 0, beginning.length, 0, beginning.length) === 0;

function lineEnd(bytes: Buffer, from: number): number {
  const ends = [bytes.indexOf(lf, from), bytes.indexOf(cr, from)].filter((at) => at >= 0);
  return ends.length ? Math.min(...ends) : bytes.length;
}

/** A JSON answer is collected, since its length changes. Above the cap it passes as it is. */
export class BodyModelEcho implements AnswerEditor {
  private readonly text: string;
  private held: Buffer[] = [];
  private bytes = 0;

  private readonly place: ModelPlace;

  constructor(name: string, place: ModelPlace = topModel) { this.text = JSON.stringify(name); this.place = place; }

  push(chunk: Buffer): Buffer[] {
    this.bytes += chunk.length;
    this.held.push(chunk);
    return this.bytes > 64 << 20 ? this.held.splice(0) : [];
  }

  end(): Buffer[] {
    const body = Buffer.concat(this.held);
    const found = this.place(body);
    return [found ? splice(body, [{ ...found, text: this.text }]) : body];
  }
}
