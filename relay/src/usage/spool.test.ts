import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../scripts/testing/eventually.ts';
import type { SpoolRecord } from '../gql/types.gen.ts';
import { admission, served, used } from '../quota/testing/exchange.ts';
import { VirtualTiming } from '../quota/testing/virtual-timing.ts';
import { recover } from './recovery.ts';
import type { DiskWrite } from './segment.ts';
import { Spool } from './spool.ts';
import { namedRecord } from './testing/named-records.ts';
import { toUsageEvent } from './usage-event.ts';

let folder: string;
let timing: VirtualTiming;
let events: string[];

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'weir-spool-')); timing = new VirtualTiming(); events = []; });
afterEach(() => { rmSync(folder, { recursive: true }); });

const report = (event: string): void => { events.push(event); };
const newSpool = (more = {}): Spool => new Spool({ folder, epoch: 1, timing, report, ...more });
const note = (chargeId: string) => ({ admission: admission(chargeId, 10), hold: 10, parts: [{ leaseId: '1', account: 'user:1', amount: '10' }] });
const event = (chargeId: string) => toUsageEvent(admission(chargeId, 10), used({ input: 5 }), { outcome: 'SETTLED', price: null, hold: 10, amount: 5, platformLoss: 0, draws: [] });
const read = (spool: Spool, from: number, most: number): SpoolRecord[] => spool.read(from, most).map(namedRecord);
const files = (): string[] => readdirSync(folder).filter((file) => file.endsWith('.spool'));

async function reserved(spool: Spool, chargeId: string): Promise<boolean> {
  const durable = spool.reserved(note(chargeId));
  await timing.pass(1);
  return durable;
}

it('writes all appends of a turn together, and says so when they are in the file', async () => {
  const spool = newSpool();
  const before = statSync(join(folder, files()[0] ?? '')).size;
  const both = Promise.all([spool.reserved(note('a')), spool.reserved(note('b'))]);
  expect(statSync(join(folder, files()[0] ?? '')).size).toBe(before);
  await timing.pass(1);
  expect(await both).toEqual([true, true]);
  expect(readFileSync(join(folder, files()[0] ?? ''), 'utf8').match(/ R [ab] /g)).toEqual([' R a ', ' R b ']);
  spool.close();
});

it('tells when an outcome is in the file, so that its answer can wait for that', async () => {
  const spool = newSpool();
  spool.outcome(event('a'));
  let isWritten = false;
  void spool.flushed().then(() => { isWritten = true; });
  await Promise.resolve();
  expect(isWritten).toBe(false);
  await timing.pass(1);
  expect(isWritten).toBe(true);
  expect(spool.read(1, 1)).toHaveLength(1);
  await spool.flushed();                                 // nothing waits: nobody waits for it
  spool.close();
});

it('offers nothing to ship that is not in the file yet', async () => {
  const spool = newSpool();
  spool.outcome(event('a'));
  expect(read(spool, 1, 10)).toEqual([]);
  await timing.pass(1);
  expect(read(spool, 1, 10).map((record) => record.usage?.chargeId)).toEqual(['a']);
  spool.close();
});

it('keeps the files short: what is acknowledged goes, what still runs is carried along', async () => {
  const spool = newSpool({ segmentBytes: 4_000 });
  await reserved(spool, 'long');
  spool.answered('long', served);
  spool.checkpoint('long', used({ output: 77 }));
  for (let index = 0; index < 200; index++) {
    await reserved(spool, `short-${index}`);
    spool.outcome(event(`short-${index}`));
    await timing.pass(1);
    spool.ack(spool.written);
  }
  await eventually(() => expect(files().length).toBeLessThanOrEqual(2));
  spool.close();
  const { backlogs, outcomes } = recover({ folder, epoch: 2, now: 1, report });
  expect(outcomes).toMatchObject([{ chargeId: 'long', outcome: 'RECOVERED', source: 'CHECKPOINT', tokens: { output: 77 } }]);
  expect(backlogs.map((backlog) => backlog.written)).toEqual([200]);
});

it('reads from its files what no longer fits into memory', async () => {
  const spool = newSpool({ segmentBytes: 2_000_000 });
  for (let index = 1; index <= 17_000; index++) spool.returned({ leaseId: '1', account: 'user:1', amount: String(index) });
  await timing.pass(1);
  expect(read(spool, 1, 3).map((record) => record.returned?.amount)).toEqual(['1', '2', '3']);
  expect(read(spool, 8_100, 2).map((record) => record.sequence)).toEqual([8_100, 8_101]);
  expect(read(spool, 17_000, 5).map((record) => record.sequence)).toEqual([17_000]);
  spool.close();
});

it('puts an empty record where one was damaged on disk, so that the ledger sees no gap', async () => {
  const spool = newSpool({ segmentBytes: 500_000 });
  for (let index = 1; index <= 17_000; index++) spool.returned({ leaseId: '1', account: 'user:1', amount: String(index) });
  await timing.pass(1);
  const path = join(folder, files()[0] ?? '');
  const at = readFileSync(path).indexOf(' B 5 ');
  const file = openSync(path, 'r+');
  writeSync(file, 'X', at + 6);
  closeSync(file);
  expect(read(spool, 4, 3).map((record) => record.returned?.amount)).toEqual(['4', undefined, '6']);
  spool.close();
});

it('says so when a file stays that should go', async () => {
  const spool = newSpool({ segmentBytes: 500 });
  spool.returned({ leaseId: '1', account: 'user:1', amount: '1' });
  await timing.pass(1);
  const path = join(folder, files()[0] ?? '');
  for (let index = 0; index < 20; index++) { spool.returned({ leaseId: '1', account: 'user:1', amount: '1' }); await timing.pass(1); }
  rmSync(path);
  mkdirSync(path);                                       // which nobody can unlink
  spool.ack(spool.written);
  await eventually(() => expect(events).toEqual(['spool-file-left']));
  spool.close();
});

it('a full disk turns reservations away and keeps outcomes until there is room', async () => {
  let room = 2_500;
  const disk: DiskWrite = (file, bytes, offset, length, position) => {
    const most = Math.min(length, room, 1_000);
    if (most === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    room -= most;
    return writeSync(file, bytes, offset, most, position);
  };
  const spool = newSpool({ disk });
  const answers: boolean[] = [];
  for (let index = 0; index < 12; index++) answers.push(await reserved(spool, `r${index}`));
  expect(answers.filter(Boolean).length).toBeGreaterThan(3);
  expect(answers.at(-1)).toBe(false);
  expect(spool.isRefusing).toBe(true);
  spool.outcome(event('r0'));
  await timing.pass(1_000);
  expect([spool.written, spool.unshipped, events]).toEqual([0, 1, ['spool-write-failed']]);
  room = 1_000_000;
  await timing.pass(1_000);
  expect([spool.written, spool.isRefusing, events]).toEqual([1, false, ['spool-write-failed', 'spool-writes-again']]);
  spool.close();
  const { backlogs, outcomes } = recover({ folder, epoch: 2, now: 1, report });
  expect((backlogs[0]?.unshipped ?? 0) + outcomes.length).toBe(answers.filter(Boolean).length);
});
