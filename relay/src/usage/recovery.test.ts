import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpoolRecord } from '../gql/types.gen.ts';
import { admission, used } from '../quota/testing/exchange.ts';
import { VirtualTiming } from '../quota/testing/virtual-timing.ts';
import type { Backlog } from './backlog.ts';
import { recover } from './recovery.ts';
import { Spool } from './spool.ts';
import { toUsageEvent } from './usage-event.ts';

let root: string;
let folders = 0;
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'weir-recovery-')); });
afterAll(() => { rmSync(root, { recursive: true }); });

const newFolder = (): string => {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
};
const recordsOf = (backlogs: readonly Backlog[]): readonly SpoolRecord[] => backlogs.flatMap((backlog) => backlog.read(backlog.acked + 1, Infinity));
const outcome = (chargeId: string) => toUsageEvent(admission(chargeId, 10), used({ input: 5 }), { outcome: 'SETTLED', price: null, hold: 10, amount: 5, platformLoss: 0, draws: [] });

type Step = { kind: 'reserve' | 'answer' | 'checkpoint' | 'end'; which: number } | { kind: 'return' } | { kind: 'turn' };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('reserve' as const, 'answer' as const, 'checkpoint' as const, 'end' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'return' as const }, { kind: 'turn' as const }) },
);

/** Runs the steps against a real spool. Charge ids count up; a step about an exchange that is not open does nothing. */
async function play(folder: string, steps: readonly Step[]): Promise<void> {
  const timing = new VirtualTiming();
  const spool = new Spool({ folder, epoch: 1, timing, segmentBytes: 3_000, report: () => undefined });
  const open = new Map<number, string>();
  let count = 0;
  for (const step of steps) {
    if (step.kind === 'turn') { await timing.pass(1); continue; }
    if (step.kind === 'return') { spool.returned({ leaseId: '1', account: 'user:1', amount: '1' }); continue; }
    const chargeId = open.get(step.which);
    if (step.kind === 'reserve' && chargeId === undefined) {
      const id = `charge-${count++}`;
      open.set(step.which, id);
      void spool.reserved({ admission: admission(id, 10), hold: 10, parts: [{ leaseId: '1', account: 'user:1', amount: '10' }] });
      await timing.pass(1);
    } else if (chargeId !== undefined && step.kind === 'answer') spool.answered(chargeId);
    else if (chargeId !== undefined && step.kind === 'checkpoint') spool.checkpoint(chargeId, used({ output: count }).tokens);
    else if (chargeId !== undefined && step.kind === 'end') { spool.outcome(outcome(chargeId)); open.delete(step.which); }
  }
  spool.close();
}

/** The files as a death at that byte leaves them. */
function cutAt(from: string, byte: number): string {
  const to = newFolder();
  let left = byte;
  for (const file of readdirSync(from).sort()) {
    const bytes = readFileSync(join(from, file)).subarray(0, left);
    if (left > 0) writeFileSync(join(to, file), bytes);
    left -= bytes.length;
  }
  return to;
}

const textOf = (folder: string): string => readdirSync(folder).sort().map((file) => readFileSync(join(folder, file), 'utf8')).join('');
/** File by file: an unfinished line at the end of one has nothing to do with the next. */
const wholeLines = (folder: string): string[] =>
  readdirSync(folder).sort().flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1));

function expectWhole(folder: string, epoch: number): void {
  const lines = wholeLines(folder);
  const reserved = new Set(lines.flatMap((line) => / R (charge-\d+) /.exec(line)?.[1] ?? []));
  const records = recordsOf(recover({ folder, epoch, now: 9, report: () => undefined }));
  expect(records.map((record) => record.sequence)).toEqual(records.map((_, index) => index + 1));
  const ended = records.flatMap((record) => record.usage?.chargeId ?? []);
  expect(ended.length).toBe(new Set(ended).size);
  expect(new Set(ended)).toEqual(reserved);
  expect(records.filter((record) => record.returned).length).toBe(lines.filter((line) => / B \d+ /.test(line)).length);
}

describe('after a death at any byte', () => {
  it('each reservation has exactly one outcome, and the sequence has no gap', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.array(fc.nat(30_000), { minLength: 8, maxLength: 8 }), async (steps, cuts) => {
      const folder = newFolder();
      await play(folder, steps);
      const length = textOf(folder).length;
      for (const cut of cuts) {
        const left = cutAt(folder, cut % (length + 1));
        expectWhole(left, 2);
        // The start itself may die at any time and be repeated: what it wrote counts, and gives the same again.
        expectWhole(left, 3);
      }
    }), { numRuns: 60 });
  });

  it('holds at every boundary between records, and one byte beside it', async () => {
    const folder = newFolder();
    await play(folder, Array.from({ length: 24 }, (_, index): Step => ({ kind: (['reserve', 'answer', 'checkpoint', 'end'] as const)[(index * 3) % 4] ?? 'end', which: index % 3 })));
    const text = textOf(folder);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) for (const cut of [at, at + 1, at + 2]) expectWhole(cutAt(folder, cut), 2);
  });
});

describe('a damaged line', () => {
  async function damaged(pattern: RegExp): Promise<{ backlogs: Backlog[]; events: string[]; folder: string }> {
    const folder = newFolder();
    await play(folder, [{ kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }, { kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }, { kind: 'return' }, { kind: 'reserve', which: 1 }]);
    const file = join(folder, readdirSync(folder).sort()[0] ?? '');
    const text = readFileSync(file, 'utf8');
    const at = pattern.exec(text)?.index;
    if (at === undefined) throw new Error('no such line');
    writeFileSync(file, `${text.slice(0, at + 12)}#${text.slice(at + 13)}`);
    const events: string[] = [];
    return { backlogs: recover({ folder, epoch: 2, now: 9, report: (event) => events.push(event) }), events, folder };
  }

  it.each([
    { count: 4, name: 'an outcome: its reservation fills the gap, at the price of what is known', line: / O 1:charge-0/, first: { usage: { chargeId: 'charge-0', outcome: 'RECOVERED' } } },
    { count: 3, name: 'a return: the next outcome takes its place', line: / B 3 /, first: { usage: { chargeId: 'charge-0', outcome: 'SETTLED' } } },
    { count: 4, name: 'a reservation with an outcome: nothing is missing', line: / R charge-0 /, first: { usage: { chargeId: 'charge-0', outcome: 'SETTLED' } } },
  ])('$name', async ({ line, first, count }) => {
    const { backlogs, events, folder } = await damaged(line);
    const records = recordsOf(backlogs);
    expect(records.map((record) => record.sequence)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(records[0]).toMatchObject(first);
    expect(records.flatMap((record) => record.usage?.chargeId ?? []).sort()).toEqual(['charge-0', 'charge-1', 'charge-2']);
    expect(events).toContain('spool-damaged');
    expect(readFileSync(join(folder, 'dead-letters'), 'utf8')).toContain('#');
  });
});

it('forgets the files of an epoch when its last record is in the ledger, and not before', async () => {
  const folder = newFolder();
  await play(folder, [{ kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }, { kind: 'reserve', which: 0 }]);
  const [backlog] = recover({ folder, epoch: 2, now: 9, report: () => undefined });
  backlog?.ack(1);
  expect(readdirSync(folder)).not.toEqual([]);
  backlog?.ack(2);
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves the files of the running epoch alone', async () => {
  const folder = newFolder();
  await play(folder, [{ kind: 'reserve', which: 0 }]);
  const copy = newFolder();
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(copy, file));
  expect(recover({ folder, epoch: 1, now: 9, report: () => undefined })).toEqual([]);
  expect(textOf(folder)).toBe(textOf(copy));
});
