import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LogRecord } from '../log-record.ts';
import { RowRate } from './row-rate.ts';
import { TailBuffer } from './tail-buffer.ts';

const row = (seq: number) => ({ seq }) as LogRecord;
const drain = (buffer: TailBuffer) => {
  const taken: (number[] | { from: number; to: number; dropped: number })[] = [];
  for (let item = buffer.take(50); item; item = buffer.take(50)) taken.push(Array.isArray(item) ? item.map(({ seq }) => seq) : item);
  return taken;
};
const filled = (work: (buffer: TailBuffer) => void, capacity = 3) => {
  const buffer = new TailBuffer(capacity);
  work(buffer);
  return drain(buffer);
};

it.each<{ name: string; work: (buffer: TailBuffer) => void; taken: unknown[] }>([
  { name: 'gives rows in their order', work: (buffer) => { for (const seq of [1, 2, 3]) buffer.push(row(seq)); }, taken: [[1, 2, 3]] },
  { name: 'marks rows that are left out at their place', work: (buffer) => { buffer.push(row(1)); buffer.skip(row(2)); buffer.skip(row(3)); buffer.push(row(4)); }, taken: [[1], { from: 2, to: 3, dropped: 2 }, [4]] },
  { name: 'drops the oldest rows first', work: (buffer) => { for (const seq of [1, 2, 3, 4, 5]) buffer.push(row(seq)); }, taken: [{ from: 1, to: 2, dropped: 2 }, [3, 4, 5]] },
  {
    name: 'joins the mark of a dropped row with the marks beside it',
    work: (buffer) => { buffer.skip(row(1)); buffer.push(row(2)); buffer.skip(row(3)); for (const seq of [4, 5, 6]) buffer.push(row(seq)); },
    taken: [{ from: 1, to: 3, dropped: 3 }, [4, 5, 6]],
  },
])('$name', ({ work, taken }) => expect(filled(work)).toEqual(taken));

it('gives at most so many rows at once', () => {
  const buffer = new TailBuffer(100);
  for (let seq = 1; seq <= 70; seq++) buffer.push(row(seq));
  expect([buffer.take(50), buffer.take(50), buffer.take(50)].map((item) => (Array.isArray(item) ? item.length : item))).toEqual([50, 20, undefined]);
});

it('loses no row in silence, whatever comes and goes', () => {
  const step = fc.oneof(fc.constant('push'), fc.constant('skip'), fc.constant('take'));
  fc.assert(fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
    const buffer = new TailBuffer(20);
    let seq = 0, accounted = 0, last = 0;
    const look = (item: ReturnType<TailBuffer['take']>) => {
      if (!item) return;
      const [from, to] = Array.isArray(item) ? [item[0]!.seq, item.at(-1)!.seq] : [item.from, item.to];
      expect(from).toBe(last + 1);
      accounted += Array.isArray(item) ? item.length : item.dropped;
      last = to;
    };
    for (const kind of steps) {
      if (kind === 'take') look(buffer.take(7));
      else buffer[kind as 'push' | 'skip'](row(++seq));
    }
    for (let item = buffer.take(7); item; item = buffer.take(7)) look(item);
    expect([accounted, last]).toEqual([seq, seq]);
  }));
});

it('lets a burst of one second through, then so many a second', () => {
  const rate = new RowRate(10, 0);
  const allowed = (nowMs: number, asked: number) => Array.from({ length: asked }, () => rate.allows(nowMs)).filter(Boolean).length;
  expect([allowed(0, 30), allowed(100, 30), allowed(1_100, 30), allowed(60_000, 30)]).toEqual([10, 1, 10, 10]);
});
