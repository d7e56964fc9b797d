/** The whole relay half of the money on simulated time: several relays, one small authority, a wire that may lose things. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { openMoney, type Money } from './money.ts';
import { AuthorityModel } from './testing/authority-model.ts';
import { admission, served, used } from './testing/exchange.ts';
import { mortal, VirtualTiming } from './testing/virtual-timing.ts';

let root: string;
let worlds = 0;
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'weir-simulation-')); });
afterAll(() => { rmSync(root, { recursive: true }); });

/** A stream of numbers in [0, 1) that a seed decides (xorshift). */
function chanceOf(seed: number): () => number {
  let state = (seed | 1) >>> 0;
  return () => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state / 2 ** 32;
  };
}

class World {
  readonly timing = new VirtualTiming();
  readonly chance: () => number;
  readonly authority: AuthorityModel;
  readonly admitted: string[] = [];
  readonly refused = new Map<string, number>();
  lossRate = 0;
  private readonly folder = join(root, String(worlds++));
  private readonly relays: { money: Money; kill: () => void; epoch: number }[] = [];
  private nonces = 0;

  constructor(seed: number, relays: number) {
    this.chance = chanceOf(seed);
    this.authority = new AuthorityModel({ timing: this.timing, delayMs: () => Math.floor(this.chance() * 5), loses: () => this.chance() < this.lossRate });
    for (let number = 0; number < relays; number++) this.relays.push(this.start(number, 1));
  }

  private start(number: number, epoch: number): { money: Money; kill: () => void; epoch: number } {
    const { timing, kill } = mortal(this.timing);
    const link = this.authority.link(`relay-${number}`, epoch);
    const money = openMoney({ folder: join(this.folder, String(number)), link, timing, nonce: () => `n${this.nonces++}`, report: () => undefined });
    return { money, epoch, kill: () => { kill(); link.dead = true; } };
  }

  crash(): void {
    const number = Math.floor(this.chance() * this.relays.length);
    const relay = this.relays[number];
    if (!relay) return;
    relay.kill();
    this.relays[number] = this.start(number, relay.epoch + 1);
  }

  /** One request at a random relay after a random wait; what it holds is what it costs. */
  request(chargeId: string, cost: number, spreadMs: number, tokenUnlimited = true): void {
    this.timing.after(this.chance() * spreadMs, () => { void this.exchange(chargeId, cost, tokenUnlimited); });
  }

  private async exchange(chargeId: string, cost: number, tokenUnlimited: boolean): Promise<void> {
    const relay = this.relays[Math.floor(this.chance() * this.relays.length)];
    const reservation = await relay?.money.desk.reserve(admission(chargeId, cost, { tokenUnlimited }));
    if (!reservation) return;
    if (reservation instanceof Failure) { this.refused.set(reservation.code, (this.refused.get(reservation.code) ?? 0) + 1); return; }
    this.admitted.push(chargeId);
    this.timing.after(this.chance() * 40, () => { reservation.answered(served); });
    this.timing.after(50 + this.chance() * 100, () => { reservation.settle(used({ output: cost })); });
  }

  spent(): number { return [...this.authority.charges.values()].reduce((sum, usage) => sum + Number(usage.amount), 0); }
}

it('of a fixed price c and a balance B exactly floor(B / c) requests succeed, on any number of relays', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }), fc.nat(400), async (seed, relays, cost, balance) => {
    const world = new World(seed, relays);
    world.authority.balances.set('user:1', balance);
    const possible = Math.floor(balance / cost);
    for (let index = 0; index < Math.min(possible + 20, 2 * possible + 5); index++) world.request(`c${index}`, cost, 100);
    await world.timing.pass(10_000);
    expect(world.admitted.length).toBe(Math.min(possible, Math.min(possible + 20, 2 * possible + 5)));
    expect(world.authority.balances.get('user:1')).toBe(balance - world.admitted.length * cost);
    expect([...world.refused.keys()].filter((code) => code !== 'insufficient_user_quota')).toEqual([]);
  }), { numRuns: 60 });
});

it('the budget of a key and the wallet are held together or not at all', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1 }), fc.integer({ min: 1, max: 4 }), fc.nat(60), fc.nat(60), async (seed, relays, wallet, budget) => {
    const world = new World(seed, relays);
    world.authority.balances.set('user:1', wallet).set('token:2', budget);
    for (let index = 0; index < 70; index++) world.request(`c${index}`, 1, 100, false);
    await world.timing.pass(10_000);
    expect(world.admitted.length).toBe(Math.min(wallet, budget));
    expect([world.authority.balances.get('user:1'), world.authority.balances.get('token:2')]).toEqual([wallet - world.admitted.length, budget - world.admitted.length]);
  }), { numRuns: 40 });
});

it('with lost messages and dying relays no charge is lost, none is doubled, and the balance never falls below zero', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 100, max: 3_000 }), async (seed, relays, balance) => {
    const world = new World(seed, relays);
    world.authority.balances.set('user:1', balance);
    world.lossRate = 0.2;
    for (let index = 0; index < 200; index++) world.request(`c${index}`, 10, 2_000);
    for (let crash = 0; crash < 5; crash++) world.timing.after(world.chance() * 2_500, () => { world.crash(); });
    await world.timing.pass(5_000);
    world.lossRate = 0;
    await world.timing.pass(60_000);
    const { charges, duplicates, balances } = world.authority;
    for (const chargeId of world.admitted) expect(charges.has(chargeId)).toBe(true);
    // A charge may be told twice, when a start ends an exchange that an earlier start had ended; it counts once.
    expect(duplicates.filter(({ outcome }) => outcome !== 'RECOVERED')).toEqual([]);
    expect(balances.get('user:1')).toBe(balance - world.spent());
    expect(balances.get('user:1')).toBeGreaterThanOrEqual(0);
  }), { numRuns: 60 });
});

it('a rich wallet asks rarely: its requests do not wait for the authority', async () => {
  const world = new World(7, 1);
  world.authority.balances.set('user:1', 1_000_000_000);
  for (let index = 0; index < 5_000; index++) world.request(`c${index}`, 100, 20_000);
  await world.timing.pass(30_000);
  expect(world.admitted.length).toBe(5_000);
  expect(world.authority.requests).toBeLessThan(60);
});
