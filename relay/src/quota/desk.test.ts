import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Failure } from '../failure/failure.ts';
import { openMoney, type Money } from './money.ts';
import type { Reservation } from './reservation.ts';
import { AuthorityModel } from './testing/authority-model.ts';
import { admission, served, unitPrice, used } from './testing/exchange.ts';
import { VirtualTiming } from './testing/virtual-timing.ts';

let folder: string;
let timing: VirtualTiming;
let authority: AuthorityModel;
let money: Money;
let names = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-desk-'));
  timing = new VirtualTiming();
  authority = new AuthorityModel({ timing, delayMs: () => 1, loses: () => false });
  authority.balances.set('user:1', 1_000).set('token:2', 500);
  money = open(1);
});
afterEach(() => { rmSync(folder, { recursive: true }); });

const open = (epoch: number, more: { capacity?: number } = {}): Money =>
  openMoney({ ...more, folder, link: authority.link('relay', epoch), timing, nonce: () => `n${names++}`, report: () => undefined });

async function reserve(...what: Parameters<typeof admission>): Promise<Reservation | Failure> {
  const result = money.desk.reserve(admission(...what));
  await timing.pass(3_000);
  return result;
}

async function admitted(...what: Parameters<typeof admission>): Promise<Reservation> {
  const result = await reserve(...what);
  if (result instanceof Failure) throw new Error(result.code);
  return result;
}

it('charges what was used and reports it with its arithmetic', async () => {
  (await admitted('a', 100)).settle(used({ input: 30, output: 12 }));
  await timing.pass(100);
  expect(authority.charges.get('a')).toMatchObject({ outcome: 'SETTLED', amount: '42', hold: '100', platformLoss: '0', draws: [{ account: 'user:1', amount: '42' }] });
  expect(authority.charges.get('a')?.price?.lines).toEqual([{ name: 'input', tokens: 30, ratio: 1_000_000 }, { name: 'output', tokens: 12, ratio: 1_000_000 }]);
  expect(authority.balances.get('user:1')).toBe(958);
  expect(money.level().unshipped).toBe(0);
});

it('ends once, whatever is called how often', async () => {
  const reservation = await admitted('a', 100);
  reservation.settle(used({ input: 10 }));
  reservation.settle(used({ input: 10 }));
  reservation.release(used({}));
  reservation.checkpoint(used({}));
  await timing.pass(100);
  expect(authority.balances.get('user:1')).toBe(990);
  expect(authority.duplicates).toEqual([]);
});

it('a release charges nothing and names the loss of the platform', async () => {
  (await admitted('a', 100)).release(used({}, { end: 'CLIENT_GONE', status: 499, source: 'NONE', lostTokens: used({ input: 7 }).tokens }));
  await timing.pass(100);
  expect(authority.charges.get('a')).toMatchObject({ outcome: 'RELEASED', amount: '0', platformLoss: '7', draws: [] });
});

it('a limited key pays from its budget too', async () => {
  (await admitted('a', 100, { tokenUnlimited: false })).settle(used({ input: 40 }));
  await timing.pass(100);
  expect([authority.balances.get('user:1'), authority.balances.get('token:2')]).toEqual([960, 460]);
});

it('more than the hold is charged all the same, even below zero', async () => {
  (await admitted('a', 900)).settle(used({ output: 1_500 }));
  await timing.pass(100);
  expect(authority.balances.get('user:1')).toBe(-500);
  expect(await reserve('b', 1)).toMatchObject({ code: 'insufficient_user_quota' });
});

it('absurd counts are replaced by the estimate', async () => {
  (await admitted('a', 100)).settle(used({ input: -1_000_000, output: 5 }));
  await timing.pass(100);
  expect(authority.charges.get('a')).toMatchObject({ amount: '7', source: 'ESTIMATED' });
});

it.each([
  { name: 'an empty wallet', account: 'user:1', balance: 0, hold: 1, code: 'insufficient_user_quota', status: 403 },
  { name: 'a wallet below the hold', account: 'user:1', balance: 99, hold: 100, code: 'insufficient_user_quota', status: 403 },
  { name: 'a key budget that is used up', account: 'token:2', balance: 0, hold: 100, code: 'insufficient_user_quota', status: 403 },
  { name: 'a key budget below the hold', account: 'token:2', balance: 99, hold: 100, code: 'pre_consume_token_quota_failed', status: 403 },
])('$name is refused with $code', async ({ account, balance, hold, code, status }) => {
  authority.balances.set(account, balance);
  const refusal = await reserve('a', hold, { tokenUnlimited: false });
  expect(refusal).toBeInstanceOf(Failure);
  expect(refusal).toMatchObject({ code, status });
});

it('says what remains and what is required', async () => {
  authority.balances.set('user:1', 50_000);
  expect(await reserve('a', 500_000)).toMatchObject({ say: 'The balance cannot cover this request: remaining $0.100000, required $1.000000.' });
});

it('a free price needs a balance, but parallel requests never compete for it', async () => {
  const free = { price: { ...unitPrice, modelRatio: 0 } };
  authority.balances.set('user:1', 1);
  const both = [await admitted('a', 0, free), await admitted('b', 0, free)];
  for (const reservation of both) reservation.settle(used({ input: 9 }));
  await timing.pass(100);
  expect(authority.charges.get('b')).toMatchObject({ amount: '0', outcome: 'SETTLED' });
  authority.balances.set('user:1', 0);
  await timing.pass(60_000);
  expect(await reserve('c', 0, free)).toMatchObject({ code: 'insufficient_user_quota' });
});

it('an authority that is silent is our fault, said within 2.5 s', async () => {
  authority.silent = true;
  const result = money.desk.reserve(admission('a', 10));
  await timing.pass(2_600);
  expect(await result).toMatchObject({ code: 'quota_authority_unavailable', status: 503 });
});

it('what was lent before serves on while the authority is silent', async () => {
  (await admitted('a', 10)).settle(used({ input: 10 }));
  authority.silent = true;
  (await admitted('b', 10)).settle(used({ input: 10 }));
});

it('an idle lease goes back after half a minute, behind its settlements', async () => {
  (await admitted('a', 10)).settle(used({ input: 10 }));
  expect(authority.lent('user:1')).toBeGreaterThan(0);
  await timing.pass(45_000);
  expect(authority.lent('user:1')).toBe(0);
  expect(authority.balances.get('user:1')).toBe(990);
});

it('a lease in use is kept beyond its first life', async () => {
  const reservation = await admitted('a', 10);
  await timing.pass(1_200_000);
  reservation.settle(used({ input: 10 }));
  await timing.pass(100);
  expect(authority.balances.get('user:1')).toBe(990);
});

it('closing returns everything and leaves nothing unconfirmed', async () => {
  (await admitted('a', 10)).settle(used({ input: 10 }));
  const closing = money.close(2_000);
  await timing.pass(2_000);
  await closing;
  expect(authority.lent('user:1')).toBe(0);
});

it('a refused request leaves a row that costs nothing', async () => {
  const { price: _price, hold: _hold, estimatedInput: _input, tokenUnlimited: _unlimited, ...request } = admission('a', 0);
  money.desk.note(request, used({}, { status: 403, failure: 'access_denied', end: 'NONE', source: 'NONE' }));
  await timing.pass(100);
  expect(authority.charges.get('a')).toMatchObject({ price: null, amount: '0', failure: 'access_denied', outcome: 'RELEASED' });
});

it('a restart finishes what was open and says so', async () => {
  await admitted('silent', 10);
  const answered = await admitted('answered', 10);
  answered.answered(served);
  const counted = await admitted('counted', 10);
  counted.answered(served);
  counted.checkpoint(used({ input: 3, output: 5 }));
  await timing.pass(10);
  money = open(2);
  await timing.pass(1_000);
  expect(authority.charges.get('silent')).toMatchObject({ outcome: 'RECOVERED', amount: '0', platformLoss: '7', source: 'NONE', end: 'CRASH' });
  expect(authority.charges.get('answered')).toMatchObject({ outcome: 'RECOVERED', amount: '7', platformLoss: '0', source: 'CHECKPOINT' });
  expect(authority.charges.get('counted')).toMatchObject({ amount: '12', tokens: { input: 7, output: 5 } });
  expect(authority.recoveries).toBeGreaterThan(0);
  expect(authority.lent('user:1')).toBe(0);
});

it('a restart charges what a settlement would have: tools and pictures too, at the ratio of the group that served', async () => {
  const twoSearches = [{ name: 'web_search', calls: 2, price: 10_000 }], by = { ...served, servedBy: { name: 'half', ratio: 500_000 } };
  const use = { tokens: used({ input: 30, output: 5 }).tokens, tools: twoSearches }, pictures = { tokens: used({ input: 30 }).tokens, made: 3 };
  const perCall = { mode: 'PER_CALL' as const, callPrice: 40_000 };
  for (const chargeId of ['searched', 'settled']) {
    const reservation = await admitted(chargeId, 100);
    reservation.answered(by);
    reservation.checkpoint({ tokens: used({ input: 30, output: 5 }).tokens });
    if (chargeId === 'searched') reservation.keep(use); else reservation.settle(used({}, { ...by, ...use }));
  }
  const drawn = await admitted('drawn', 100, { price: { ...admission('', 0).price, ...perCall } });
  drawn.answered(by);
  drawn.checkpoint(pictures);
  await timing.pass(10);
  money = open(2);
  await timing.pass(1_000);
  expect(authority.charges.get('searched')).toMatchObject({ outcome: 'RECOVERED', amount: '5018', group: 'half', channelId: 3, upstreamModel: 'unit', price: { lines: [{ name: 'input' }, { name: 'output' }, { name: 'web_search', tokens: 2 }] } });
  expect(authority.charges.get('settled')).toMatchObject({ outcome: 'SETTLED', amount: '5018' });
  expect(authority.charges.get('drawn')).toMatchObject({ outcome: 'RECOVERED', amount: String(3 * 0.04 * 500_000 * 0.5) });
});

it.each([
  { name: 'each picture costs its estimate where nobody reports tokens', ending: { source: 'ESTIMATED', made: 2 }, amount: '14' },
  { name: 'reported tokens are those of all pictures', ending: { source: 'UPSTREAM', made: 2 }, amount: '7' },
] as const)('$name', async ({ ending, amount }) => {
  const reservation = await admitted('drawn', 100, { units: { count: 3, ratio: 1_000_000 } });
  reservation.settle(used({ input: 7 }, ending));
  await timing.pass(1_000);
  expect(authority.charges.get('drawn')).toMatchObject({ amount });
});

it('a power cut that takes the end of the files loses no charge and doubles none', async () => {
  const reservations = [];
  for (const chargeId of ['open', 'b', 'c', 'd']) reservations.push(await admitted(chargeId, 10));
  for (const reservation of reservations.slice(1)) reservation.settle(used({ input: 10 }));
  reservations[0]?.answered(served);
  await timing.pass(1_000);
  const file = join(folder, 'spool', readdirSync(join(folder, 'spool'))[0] ?? '');
  const text = readFileSync(file, 'utf8');
  truncateSync(file, text.slice(0, text.indexOf(' O 2:')).lastIndexOf('\n') + 1);
  money = open(2);
  await timing.pass(6_000);
  expect(Object.fromEntries(Array.from(authority.charges.values(), ({ chargeId, amount }) => [chargeId, amount]))).toEqual({ open: '0', b: '10', c: '10', d: '10' });
  expect(authority.balances.get('user:1')).toBe(970);
  expect(money.level().unshipped).toBe(0);
});

it('at nine tenths of the spool new requests and notes are turned away, until the ledger has taken some', async () => {
  money = open(2, { capacity: 20 });
  const running = [];
  for (let index = 0; index < 18; index++) running.push(await admitted(`c${index}`, 1));
  authority.deaf = true;
  for (const reservation of running) reservation.settle(used({ input: 1 }));
  expect(money.level()).toEqual({ unshipped: 18, fill: 0.9 });
  expect(await reserve('late', 1)).toMatchObject({ code: 'billing_backpressure', status: 503 });
  authority.deaf = false;
  await timing.pass(6_000);
  expect(await reserve('later', 1)).not.toBeInstanceOf(Failure);
});
