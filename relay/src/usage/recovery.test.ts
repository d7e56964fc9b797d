import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpoolRecord } from '../gql/types.gen.ts';
import { admission, served, used } from '../quota/testing/exchange.ts';
import { VirtualTiming } from '../quota/testing/virtual-timing.ts';
import { recover, type Recovered } from './recovery.ts';
import { packNote } from './reserved-note.ts';
import { segmentName } from './segment.ts';
import { LineEncoder, type NewLine } from './spool-line.ts';
import { Spool } from './spool.ts';
import { namedRecord } from './testing/named-records.ts';
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
const recordsOf = ({ backlogs }: Recovered): readonly SpoolRecord[] =>
  backlogs.flatMap((backlog) => backlog.read(backlog.acked + 1, Infinity).map(namedRecord));
const idsOf = (recovered: Recovered): string[] =>
  [...recordsOf(recovered).flatMap((record) => record.usage?.chargeId ?? []), ...recovered.outcomes.map((usage) => usage.chargeId)];

/** A start as the relay does it: what was open is ended in the spool of the new epoch. */
function start(folder: string, epoch: number): Recovered {
  const recovered = recover({ folder, epoch, now: 9, report: () => undefined });
  const spool = new Spool({ folder, epoch, timing: new VirtualTiming(), report: () => undefined });
  for (const outcome of recovered.outcomes) spool.outcome(outcome);
  spool.close();
  return recovered;
}
const outcome = (chargeId: string) => toUsageEvent(admission(chargeId, 10), used({ input: 5 }), { outcome: 'SETTLED', price: null, hold: 10, amount: 5, platformLoss: 0, draws: [] });

type Step = { kind: 'reserve' | 'answer' | 'checkpoint' | 'end'; which: number } | { kind: 'return' } | { kind: 'turn' };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('reserve' as const, 'answer' as const, 'checkpoint' as const, 'end' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'return' as const }, { kind: 'turn' as const }) },
);

/** Runs the steps against a real spool. Charge ids count up; a step about an exchange that is not open does nothing. */
async function play(folder: string, steps: readonly Step[]): Promise<void> {
  const timing = new VirtualTiming();
  const spool = new Spool({ folder, epoch: 1, timing, segmentBytes: 2_000, report: () => undefined });
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
    } else if (chargeId !== undefined && step.kind === 'answer') spool.answered(chargeId, served);
    else if (chargeId !== undefined && step.kind === 'checkpoint') spool.checkpoint(chargeId, used({ output: count }));
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

/** Starts after a death. Each reservation that was written has one outcome, and no epoch has a gap. */
function expectWhole(folder: string, epoch: number): void {
  const lines = wholeLines(folder);
  const reserved = new Set(lines.flatMap((line) => / R (charge-\d+) /.exec(line)?.[1] ?? []));
  const recovered = start(folder, epoch);
  for (const backlog of recovered.backlogs) {
    const sequences = backlog.read(1, Infinity).map((json) => namedRecord(json).sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  }
  const ended = idsOf(recovered);
  expect(ended.length).toBe(new Set(ended).size);
  expect(new Set(ended)).toEqual(reserved);
  expect(recordsOf(recovered).filter((record) => record.returned).length).toBe(lines.filter((line) => / B \d+ /.test(line)).length);
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
        // The start itself may die at any byte and be repeated: what it wrote counts.
        expectWhole(cutAt(left, (cut * 7) % (textOf(left).length + 1)), 3);
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
  async function damaged(pattern: RegExp): Promise<{ recovered: Recovered; events: string[]; folder: string }> {
    const folder = newFolder();
    await play(folder, [{ kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }, { kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }, { kind: 'return' }, { kind: 'reserve', which: 1 }]);
    const file = join(folder, readdirSync(folder).sort()[0] ?? '');
    const text = readFileSync(file, 'utf8');
    const at = pattern.exec(text)?.index;
    if (at === undefined) throw new Error('no such line');
    writeFileSync(file, `${text.slice(0, at + 12)}#${text.slice(at + 13)}`);
    const events: string[] = [];
    return { recovered: recover({ folder, epoch: 2, now: 9, report: (event) => events.push(event) }), events, folder };
  }

  it.each([
    { name: 'an outcome: an empty record holds its place, its reservation is ended anew', line: / O 1:charge-0/, empty: [1], outcomes: ['charge-0', 'charge-2'] },
    { name: 'a return: an empty record holds its place', line: / B 3 /, empty: [3], outcomes: ['charge-2'] },
    { name: 'a reservation with an outcome: nothing is missing', line: / R charge-0 /, empty: [], outcomes: ['charge-2'] },
  ])('$name', async ({ line, empty, outcomes }) => {
    const { recovered, events, folder } = await damaged(line);
    const records = recordsOf(recovered);
    expect(records.map((record) => record.sequence)).toEqual([1, 2, 3]);
    expect(records.filter((record) => !record.usage && !record.returned).map((record) => record.sequence)).toEqual(empty);
    expect(recovered.outcomes.map((usage) => usage.chargeId)).toEqual(outcomes);
    expect(events).toContain('spool-damaged');
    expect(readFileSync(join(folder, 'dead-letters'), 'utf8')).toContain('#');
  });
});

it('forgets the files of an epoch when its last record is in the ledger, and not before', async () => {
  const folder = newFolder();
  await play(folder, [{ kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }, { kind: 'reserve', which: 0 }, { kind: 'end', which: 0 }]);
  const [backlog] = recover({ folder, epoch: 2, now: 9, report: () => undefined }).backlogs;
  backlog?.ack(1);
  expect(readdirSync(folder)).not.toEqual([]);
  backlog?.ack(2);
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves the files of the running epoch alone', async () => {
  const folder = newFolder();
  await play(folder, [{ kind: 'reserve', which: 0 }]);
  const before = textOf(folder);
  expect(recover({ folder, epoch: 1, now: 9, report: () => undefined })).toEqual({ backlogs: [], outcomes: [] });
  expect(textOf(folder)).toBe(before);
});

it('reads what a release before this one left, whose marks had no values and whose checkpoints were tokens alone', () => {
  const folder = newFolder(), note = { admission: admission('old', 10), hold: 10, parts: [] };
  const lines: NewLine[] = [{ kind: 'R', key: 'old', json: packNote(note) }, { kind: 'A', key: 'old', json: '{}' }, { kind: 'C', key: 'old', json: JSON.stringify(used({ input: 9, output: 4 }).tokens) }];
  writeFileSync(segmentName(folder, 1, 1).path, new LineEncoder().encode(lines, []));
  expect(recover({ folder, epoch: 2, now: 9, report: () => undefined }).outcomes).toMatchObject([{ outcome: 'RECOVERED', amount: '13', channelId: null, tokens: { input: 9, output: 4 } }]);
});
