import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { livingIn, newPlace, Starter } from '../../harness/starter.ts';
import { until } from '../../harness/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-start-'));
const place = await newPlace(folder);
const starters: Starter[] = [];
const begin = (more?: NodeJS.ProcessEnv): Starter => {
  const starter = new Starter(place, more);
  starters.push(starter);
  return starter;
};
const ready = async (url: string): Promise<number> => (await fetch(`${url}/readyz`)).status;
const pids = (): Record<string, number> => (JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { children: Record<string, number> }).children;

afterAll(async () => {
  for (const starter of starters) await starter.stop();
  for (const pid of livingIn(folder)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('brings a bare folder to a running instance, and says what to do next', async () => {
  const first = begin();
  await first.running();
  expect(first.output).toContain('made a master key');
  expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
  expect([await ready(place.controlUrl), await ready(place.relayUrl)]).toEqual([200, 200]);
  expect(first.output).toMatch(new RegExp(`${place.controlUrl}/setup\\?token=[\\w-]{20,}`));
});

it('refuses a second start on the same folder', async () => {
  const second = begin();
  expect(await second.ended).toBe(1);
  expect(second.output).toMatch(/already runs on .* \(process \d+\)/);
});

it('starts a process again that was killed', async () => {
  const before = pids().relay!;
  process.kill(before, 'SIGKILL');
  await until('another relay', 10_000, async () => pids().relay !== before && (await ready(place.relayUrl)) === 200);
});

it('completes the set-up over HTTP from this machine', async () => {
  const post = (): Promise<Response> => fetch(`${place.controlUrl}/api/setup`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'root', password: 'correct-horse' }),
  });
  expect(await (await post()).json()).toMatchObject({ success: true });
  expect(await (await post()).json()).toMatchObject({ success: false });
});

it('leaves no process behind after SIGTERM', async () => {
  const running = livingIn(folder);
  expect(running).toHaveLength(4);
  expect(await starters[0]!.stop()).toBe(0);
  expect(starters[0]!.output).toMatch(/stopped\n$/);
  expect(livingIn(folder)).toEqual([]);
});

it('starts warm within 3 s, with the same key, and asks for a sign-in', async () => {
  const key = readFileSync(join(folder, 'master.key'), 'utf8'), took: number[] = [];
  // The machine may be busy with something else: the best of three is what the start itself takes.
  while (took.length < 3 && !took.some((ms) => ms < 3_000)) {
    if (took.length) await starters.at(-1)!.stop();
    took.push(Math.round(await begin().running()));
  }
  console.log(`warm start: ${took.join(', ')} ms`);
  expect(readFileSync(join(folder, 'master.key'), 'utf8')).toBe(key);
  expect(starters.at(-1)!.output).toContain('sign in at');
  expect(Math.min(...took)).toBeLessThan(3_000);
});

it('ends what a killed start left running, and takes its services over', async () => {
  const left = pids();
  starters.at(-1)!.child.kill('SIGKILL');
  await starters.at(-1)!.ended;
  const again = begin();
  await again.running();
  expect(again.output).toContain('still running');
  expect(Object.values(pids()).filter((pid) => Object.values(left).includes(pid))).toEqual([]);
  expect(await again.stop()).toBe(0);
  expect(livingIn(folder)).toEqual([]);
});

const occupy = (port: number): Promise<Server> => new Promise((resolve) => {
  const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
});

it.each([
  { name: 'a taken control port', variable: 'WEIR_CONTROL_PORT' },
  { name: 'a taken relay port', variable: 'WEIR_RELAY_PORT' },
])('says one sentence about $name', async ({ variable }) => {
  const port = Number(place.environment[variable]);
  const taken = await occupy(port);
  const refused = begin();
  expect(await refused.ended).toBe(1);
  taken.close();
  expect(refused.output).toContain(`weir: Port ${port} is taken by another program: stop it, or set ${variable} to a free one.`);
  expect(livingIn(folder)).toEqual([]);
});

it.each([
  { name: 'a key that is none', more: { WEIR_MASTER_KEY: 'short' }, says: 'WEIR_MASTER_KEY is broken' },
  { name: 'a port that is none', more: { WEIR_RELAY_PORT: 'eighty' }, says: 'WEIR_RELAY_PORT is "eighty", which is not a port' },
  { name: 'an address that this machine has not', more: { WEIR_HOST: '203.0.113.7' }, says: 'This machine has no address 203.0.113.7' },
  { name: 'a database that does not answer', more: { DATABASE_URL: 'postgres://weir:x@127.0.0.1:9/weir' }, says: 'check DATABASE_URL' },
])('says one sentence about $name', async ({ more, says }) => {
  const refused = begin(more);
  expect(await refused.ended).toBe(1);
  expect(refused.output).toContain(`weir: `);
  expect(refused.output).toContain(says);
  expect(refused.output).not.toMatch(/\n\s+at /);
});

it('says one sentence about a damaged master key in the folder', async () => {
  const file = join(folder, 'master.key'), key = readFileSync(file, 'utf8');
  writeFileSync(file, key.slice(0, 9));
  const refused = begin();
  expect(await refused.ended).toBe(1);
  writeFileSync(file, key);
  expect(refused.output).toContain('is broken: put back your copy of it');
  expect(livingIn(folder)).toEqual([]);
});
