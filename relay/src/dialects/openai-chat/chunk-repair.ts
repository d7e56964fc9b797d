/** The few repairs of passing streams of relatives (dialects 3), without which official clients stumble. All other bytes pass. */
import { SseReader } from '../../framing/sse-reader.ts';
import type { Json, JsonObject } from '../chat-event.ts';
import type { EventEdit } from '../answer/event-editor.ts';
import { isObject, list, member, text } from '../json-member.ts';
import { parseLossless } from '../lossless-json.ts';

const calls = Buffer.from('"tool_calls"'), finish = /"finish_reason"\s*:\s*"/, finishMark = Buffer.from('"finish_reason"'), done = Buffer.from('[DONE]'), error = Buffer.from('"error"'), choice = Buffer.from('"choices"');

/**
 * Calls get the numbers that they lack and lose ids that are empty; a stream gets the end that it lacks. It lacks none, and nothing is
 * made up, where the upstream said neither why it stopped nor that it did.
 */
export class ChunkRepair implements EventEdit {
  readonly holdBytes = 256 << 10;
  private readonly numbers = new Map<string, number>();
  private called = 0;
  private finished = false;
  private ended = false;
  private failed = false;
  /** Kept by reference, and read only where an end has to be made. */
  private last: Buffer | undefined;

  skim(events: Buffer): boolean {
    this.note(events);
    return events.indexOf(calls) < 0 && events.indexOf(done) < 0;
  }

  edit(event: Buffer): Buffer {
    this.note(event);
    if (event.indexOf(done) >= 0 && dataOf(event)?.trim() === '[DONE]') return this.end(event);
    return event.indexOf(calls) >= 0 ? this.repaired(event) : event;
  }

  /** The upstream said why it stopped, and then nothing. */
  atEnd(): Buffer[] { return this.finished && !this.ended ? [Buffer.from('data: [DONE]\n\n')] : []; }

  private note(events: Buffer): void {
    if (events.indexOf(choice) >= 0) this.last = events;
    if (events.indexOf(error) >= 0) this.failed = true;
    if (!this.finished && events.indexOf(finishMark) >= 0 && finish.test(events.toString('latin1'))) this.finished = true;
  }

  private end(event: Buffer): Buffer {
    this.ended = true;
    const before = this.last && !this.finished && !this.failed ? chunkIn(this.last) : undefined;
    if (!before) return event;
    const closing = { ...before, usage: null, choices: [{ index: 0, delta: {}, finish_reason: this.called > 0 ? 'tool_calls' : 'stop' }] };
    return Buffer.concat([Buffer.from(`data: ${JSON.stringify(closing)}\n\n`), event]);
  }

  private repaired(event: Buffer): Buffer {
    const chunk = chunkIn(event);
    if (!chunk) return event;
    let changed = false;
    const choices = list(chunk['choices']).map((each): Json => {
      const delta = member(each, 'delta'), fragments = member(delta, 'tool_calls');
      if (!isObject(each) || !isObject(delta) || !Array.isArray(fragments)) return each;
      return { ...each, delta: { ...delta, tool_calls: fragments.map((fragment) => { const fixed = this.fixed(fragment); changed ||= fixed !== fragment; return fixed; }) } };
    });
    return changed ? Buffer.from(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`) : event;
  }

  private fixed(fragment: Json): Json {
    if (!isObject(fragment)) return fragment;
    const id = text(fragment['id']), index = this.indexOf(fragment['index'], id);
    if (id !== '' && index === fragment['index']) return fragment;
    return { index, ...Object.fromEntries(Object.entries(fragment).filter(([name, value]) => name !== 'index' && !(name === 'id' && value === ''))) };
  }

  /** Its own, else that of its id, else the next one for a new id, else the last one. */
  private indexOf(given: Json | undefined, id: string | undefined): number {
    const index = typeof given === 'number' ? given : this.numbers.get(id ?? '') ?? (id ? this.called : Math.max(0, this.called - 1));
    if (id) this.numbers.set(id, index);
    this.called = Math.max(this.called, index + 1);
    return index;
  }
}

function dataOf(event: Buffer): string | undefined {
  const reader = new SseReader(1 << 20), frames = reader.push(event);
  return Array.isArray(frames) ? [...frames, ...reader.end()].at(-1)?.data : undefined;
}

function chunkIn(event: Buffer): JsonObject | undefined {
  const data = dataOf(event), chunk = data === undefined ? undefined : parseLossless(data);
  return isObject(chunk) ? chunk : undefined;
}
