import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../scripts/testing/eventually.ts';
import { admission, served, used } from '../quota/testing/exchange.ts';
import { VirtualTiming } from '../quota/testing/virtual-timing.ts';
import { recover } from './recovery.ts';
import type { DiskWrite } from './segment.ts';
import { Spool } from './spool.ts';
import { namedRecord } from './testing/named-records.ts';
import { toUsageEvent } from './usage-event.ts';

let root: string;
let folders = 0;
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'weir-death-')); });
afterAll(() => { rmSync(root, { recursive: true }); });

const outcome = (chargeId: string) => toUsageEvent(admission(chargeId, 10), used({ input: 5 }), { outcome: 'SETTLED', price: null, hold: 10, amount: 5, platformLoss: 0, draws: [] });

/** The process is gone: nothing after this byte happens. */
class Death extends Error {}

/** What the ledger has seen when the relay dies, and what the relay had promised to its clients. */
interface World { readonly admitted: Set<string>; readonly committed: string[]; cursor: number }

/** A relay's life: at each turn some exchanges begin, some end, and the ledger acknowledges a part. Ends at the given byte. */
async function live(folder: string, turns: readonly number[], lifeBytes: number): Promise<World> {
  const world: World = { admitted: new Set(), committed: [], cursor: 0 };
  let left = lifeBytes;
  let dead = false;
  const disk: DiskWrite = (file, bytes, offset, length, position) => {
    if (dead) throw new Death();
    const share = Math.min(length, left);
    dead = share < length;
    left -= share;
    if (share > 0) writeSync(file, bytes, offset, share, position);
    if (dead) throw new Death();
    return length;
  };
  let spool: Spool;
  const timing = new VirtualTiming();
  try { spool = new Spool({ folder, epoch: 1, timing, disk, segmentBytes: 2_500, report: () => undefined }); } catch { return world; }
  const open: string[] = [];
  for (const [turn, chance] of turns.entries()) {
    const chargeId = `charge-${turn}`;
    const durable = spool.reserved({ admission: admission(chargeId, 10), hold: 10, parts: [{ leaseId: '1', account: 'user:1', amount: '10' }] });
    await timing.pass(1);
    if (dead) break;
    if (await durable) { world.admitted.add(chargeId); open.push(chargeId); }
    if (chance % 3 !== 0) spool.answered(chargeId, served);
    for (const ended of open.splice(0, chance % (open.length + 1))) spool.outcome(outcome(ended));
    await timing.pass(1);
    if (dead) break;
    const upTo = Math.max(world.cursor, spool.written - (chance % 4));
    while (world.cursor < upTo) {
      const records = spool.read(world.cursor + 1, upTo - world.cursor).map(namedRecord);
      for (const record of records) if (record.usage) world.committed.push(record.usage.chargeId);
      world.cursor += records.length;
    }
    spool.ack(upTo);
    if (dead) break;
  }
  return world;
}

it('with the ledger acknowledging and files coming and going, a death at any byte loses and doubles nothing', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.nat(11), { minLength: 1, maxLength: 40 }), fc.nat(40_000), async (turns, lifeBytes) => {
    const folder = join(root, String(folders++));
    const world = await live(folder, turns, lifeBytes);
    // A death takes everything with it; here the last file to go may still be on its way out.
    const { backlogs, outcomes } = await eventually(() => recover({ folder, epoch: 2, now: 9, report: () => undefined }));
    for (const backlog of backlogs) {
      expect(backlog.acked).toBeLessThanOrEqual(world.cursor);
      for (const record of backlog.read(world.cursor + 1, Infinity).map(namedRecord)) {
        expect(record.sequence).toBe(++world.cursor);
        if (record.usage) world.committed.push(record.usage.chargeId);
      }
    }
    world.committed.push(...outcomes.map((usage) => usage.chargeId));
    expect(new Set(world.committed).size).toBe(world.committed.length);
    for (const chargeId of world.admitted) expect(world.committed).toContain(chargeId);
  }), { numRuns: 400 });
});
