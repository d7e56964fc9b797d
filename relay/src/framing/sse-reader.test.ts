import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { cutBytes } from './cut-bytes.ts';
import type { Frame } from './frame.ts';
import { SseReader } from './sse-reader.ts';
import { writeSse } from './sse-writer.ts';

function read(pieces: Buffer[]): Frame[] {
  const reader = new SseReader();
  const frames = pieces.flatMap((piece) => { const some = reader.push(piece); return Array.isArray(some) ? some : []; });
  return [...frames, ...reader.end()];
}

describe('SseReader', () => {
  it.each([
    { name: 'joins two data lines with a newline', bytes: 'data: a\ndata: b\n\n', events: ['a\nb'] },
    { name: 'takes CRLF line ends', bytes: 'data: a\r\n\r\ndata: b\r\n\r\n', events: ['a', 'b'] },
    { name: 'takes CR line ends', bytes: 'data: a\r\rdata: b\r\r', events: ['a', 'b'] },
    { name: 'takes mixed line ends', bytes: 'data: a\r\n\ndata: b\n\r\n', events: ['a', 'b'] },
    { name: 'is silent about comments', bytes: ': ping\n\ndata: a\n\n', events: ['a'] },
    { name: 'is silent about events without data', bytes: 'event: x\n\ndata: a\n\n', events: ['a'] },
    { name: 'drops one space behind the colon and keeps a second', bytes: 'data:a\n\ndata:  b\n\n', events: ['a', ' b'] },
    { name: 'skips a byte order mark', bytes: '\uFEFFdata: a\n\n', events: ['a'] },
    { name: 'keeps an event that only lacks its blank line', bytes: 'data: a\n\ndata: b', events: ['a', 'b'] },
    { name: 'reads a line without a colon as a name', bytes: 'data\n\n', events: [''] },
  ])('$name', ({ bytes, events }) => expect(read([Buffer.from(bytes)]).map((frame) => frame.data)).toEqual(events));

  it('names the event', () => expect(read([Buffer.from('event: ping\ndata: {}\n\ndata: 1\n\n')])).toEqual([
    { event: 'ping', data: '{}' }, { event: undefined, data: '1' },
  ]));

  it('gives the same events wherever the bytes are cut', () => {
    const line = fc.constantFrom('data: é漢🙂', 'data:x', 'data', 'event: e', ': c', 'id: 1', '', '\uFEFFdata: m', 'nonsense');
    const bytes = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 20 }).map((lines) => Buffer.from(lines.flat().join('')));
    fc.assert(fc.property(bytes, fc.array(fc.nat(), { maxLength: 12 }), (all, places) => {
      expect(read(cutBytes(all, places))).toEqual(read([all]));
    }), { numRuns: 500 });
  });

  it('reads what the writer writes', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\r', ''));
    fc.assert(fc.property(fc.array(fc.record({ event: fc.constantFrom(undefined, 'a', 'b c'), data: text })), (frames) => {
      expect(read([Buffer.from(frames.map(writeSse).join(''))])).toEqual(frames);
    }));
  });

  it('refuses an event above its cap, in small pieces too', () => {
    const reader = new SseReader(100);
    const outcomes = Array.from({ length: 40 }, () => reader.push(Buffer.from('data: abcd')));
    expect(outcomes[5]).toEqual([]);
    expect(outcomes[39]).toBeInstanceOf(Failure);
    expect(reader.end()).toEqual([]);
  });

  it('takes any number of events that are each below the cap', () => {
    const reader = new SseReader(100);
    const outcomes = Array.from({ length: 40 }, () => reader.push(Buffer.from('data: abcd\n\n')));
    expect(outcomes.flat()).toHaveLength(40);
  });
});
