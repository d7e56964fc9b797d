import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { packedForms } from '../gql/packed.gen.ts';
import type { UsageBatch } from '../gql/types.gen.ts';
import { VirtualTiming } from '../quota/testing/virtual-timing.ts';
import { emptyRecord, type RecordSource } from './record-source.ts';
import { Shipper } from './shipper.ts';
import { namedBatch } from './testing/named-records.ts';

/** A source in memory: the shipper must not care where records lie. */
class Shelf implements RecordSource {
  readonly epoch = 4;
  readonly forms = packedForms;
  written = 0;
  acked = 0;
  /** The disk gives nothing. */
  isUnreadable = false;
  ack(sequence: number): void { this.acked = sequence; }
  read(from: number, most: number): ReturnType<RecordSource['read']> {
    if (this.isUnreadable) return [];
    return Array.from({ length: Math.max(0, Math.min(most, this.written - from + 1)) }, (_, index) => emptyRecord(from + index));
  }
}

let timing: VirtualTiming;
let shelf: Shelf;
let sent: UsageBatch[];
let events: string[];
let carries: boolean;
let shipper: Shipper;

beforeEach(() => { start(); });

function start(isRunning = true): void {
  [timing, shelf, sent, events, carries] = [new VirtualTiming(), new Shelf(), [], [], true];
  const append = (batch: Buffer): Promise<boolean> => {
    if (carries) sent.push(namedBatch(batch.toString()));
    return Promise.resolve(carries);
  };
  shipper = new Shipper({ relayId: 'r', source: shelf, timing, isRunning, append, report: (event) => events.push(event) });
}
function write(count: number): void {
  shelf.written += count;
  shipper.wake();
}
const ranges = (): string[] => sent.splice(0).map(({ records }) => `${records[0]?.sequence}-${records.at(-1)?.sequence}`);
const ack = (sequence: number): void => { shipper.acked({ epoch: 4, sequence }); };
async function live(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) { await timing.pass(100); shipper.tick(); }
}

it('gathers for some milliseconds and ships at most 256 in a batch, eight batches at once', async () => {
  write(3);
  write(2_997);
  await timing.pass(50);
  expect(ranges()).toEqual(Array.from({ length: 8 }, (_, index) => `${index * 256 + 1}-${(index + 1) * 256}`));
  ack(512);
  expect(ranges()).toEqual(['2049-2304', '2305-2560']);
});

it('an acknowledgement lets full batches go at once and others gather', async () => {
  write(10);
  await timing.pass(50);
  ranges();
  shelf.written += 5;
  ack(10);
  expect(ranges()).toEqual([]);
  await timing.pass(50);
  expect(ranges()).toEqual(['11-15']);
});

it.each<{ name: string; hurt: () => Promise<void> }>([
  { name: 'ships again from the last acknowledgement after five seconds of silence', hurt: () => live(5_100) },
  { name: 'ships again when the connection is back', hurt: async () => { shipper.connection(false); shipper.connection(true); await timing.pass(0); } },
  { name: 'ships again from where an acknowledgement without progress points', hurt: async () => { ack(2); await timing.pass(0); } },
])('$name', async ({ hurt }) => {
  write(5);
  await timing.pass(50);
  ack(2);
  await timing.pass(1_000);
  ranges();
  await hurt();
  expect(ranges()).toEqual(['3-5']);
});

it('a ledger that is behind what was forgotten gets it once more, and the operator is told', async () => {
  write(5);
  await timing.pass(50);
  ack(4);
  await timing.pass(1_000);
  ranges();
  ack(1);
  expect([ranges(), events]).toEqual([['2-5'], ['ack-behind']]);
});

it('forgets nothing for an acknowledgement ahead of what it wrote', () => {
  write(5);
  ack(9);
  expect([shelf.acked, events]).toEqual([0, ['ack-ahead']]);
});

it('an old epoch whose ledger is ahead is done', () => {
  start(false);
  write(5);
  ack(9);
  expect([shelf.acked, shipper.isDone]).toEqual([5, true]);
});

it('does not listen to acknowledgements of other epochs', () => {
  write(5);
  shipper.acked({ epoch: 3, sequence: 5 });
  expect(shelf.acked).toBe(0);
});

it('what could not be read is shipped when it can be, though nothing new is written', async () => {
  shelf.isUnreadable = true;
  write(3);
  await live(500);
  expect(ranges()).toEqual([]);
  shelf.isUnreadable = false;
  await live(200);
  expect(ranges()).toEqual(['1-3']);
});

it('tries one batch four times a second while nothing is carried, then all', async () => {
  carries = false;
  write(600);
  await timing.pass(1_000);
  carries = true;
  await timing.pass(300);
  expect(ranges()).toEqual(['1-256', '257-512', '513-600']);
});

it('whatever is lost on the way, everything arrives in order, and ends acknowledged', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.nat(400), { minLength: 1, maxLength: 12 }), fc.array(fc.nat(9), { minLength: 20, maxLength: 20 }), async (writes, losses) => {
    start();
    let cursor = 0;
    let turn = 0;
    // Losses end: a single batch is sent each five seconds, and a run of losses that repeats for ever would never let it through.
    const isLost = (): boolean => (losses[turn++ % losses.length] ?? 0) < 3 && turn < 30;
    const deliver = (): void => {
      for (const { records } of sent.splice(0)) {
        if (isLost()) continue;
        for (const { sequence } of records) if (sequence === cursor + 1) cursor = sequence;
        if (!isLost()) ack(cursor);
      }
    };
    for (const count of writes) { write(count); await live(100); deliver(); }
    for (let rounds = 0; rounds < 400 && !shipper.isDone; rounds++) { await live(500); deliver(); }
    expect([cursor, shelf.acked]).toEqual([shelf.written, shelf.written]);
  }), { numRuns: 60 });
});
