/** `pnpm bench`: what a request costs in the relay, beside nginx and Portkey's gateway, measured in one run. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from '../start/build.ts';
import { onPath } from '../services/child.ts';
import { benchApi } from './api.ts';
import { conversionTable } from './conversions.ts';
import { startNginx } from './nginx.ts';
import { driverCore, forkPinned } from './pinned.ts';
import { startPortkey } from './portkey.ts';
import { type Cost, idleBytes, measure } from './round.ts';
import { type Result, table, verdicts } from './table.ts';
import type { Target } from './target.ts';
import { startWeir } from './weir.ts';

const help = `Measures CPU microseconds of the gateway process (user and system, from the kernel) for each JSON answer and each SSE event.

  pnpm bench [--rounds 5] [--seconds 3] [--connections 32] [--streams 200] [--idle 4000] [--only nginx,weir,portkey] [--conversions] [--profile FOLDER] [--flags NODE_FLAGS] [--keep]

  1 KB chat requests with 1.2 KB answers over keep-alive connections; SSE streams with an event of 260 bytes each 20 ms.
  Load, mock upstream, PostgreSQL, Redis and control plane run on core ${driverCore}, the gateway on the other. Rounds go in turn;
  the table gives medians, with the lowest and the highest. The relay runs as in production: authentication, leases, spool,
  metering, settlement. --profile writes a CPU profile of the relay there, --flags gives its Node more flags. 0 connections,
  streams or idle streams leave those out. --keep leaves logs and data behind.
  --api measures the management plane instead: CPU microseconds of its process for /api/status, sessions, tokens, REST and GraphQL.
  --conversions measures the dialects alone: pass-through and each conversion, for a request of 1 KB and for each SSE event.
  Needs Linux, taskset and two cores. nginx must be installed for the ratios; Portkey is fetched from npm into ~/.cache.
`;

const { values } = parseArgs({ options: {
  help: { type: 'boolean', short: 'h' }, keep: { type: 'boolean' }, conversions: { type: 'boolean' }, api: { type: 'boolean' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' },
  connections: { type: 'string', default: '32' }, streams: { type: 'string', default: '200' }, idle: { type: 'string', default: '4000' }, only: { type: 'string', default: 'nginx,weir,portkey' }, profile: { type: 'string' }, flags: { type: 'string' },
} });

async function startMock(): Promise<number> {
  const mock = forkPinned(driverCore, new URL('./mock.ts', import.meta.url).pathname);
  const [line] = (await once(mock.stdout!, 'data')) as [Buffer];
  return Number(line.toString());
}

/** Adds to `targets` as it goes: what runs already must be stopped when a later one fails. */
async function startTargets(folder: string, upstreamPort: number, wanted: readonly string[], targets: Target[]): Promise<void> {
  const nginx = wanted.includes('nginx') ? await startNginx(folder, upstreamPort) : undefined;
  if (nginx) targets.push(nginx);
  else if (wanted.includes('nginx')) console.log('nginx is not installed (apt-get install nginx): there will be no ratios to it');
  const flags = [...(values.flags?.split(' ') ?? []), ...(values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [])];
  if (wanted.includes('weir')) targets.push(await startWeir(folder, upstreamPort, flags));
  const portkey = wanted.includes('portkey') ? await startPortkey(folder, upstreamPort) : undefined;
  if (typeof portkey === 'string') console.log(`Portkey is left out: ${portkey}`);
  else if (portkey) targets.push(portkey);
}

const nothing: Cost = { perSecond: Number.NaN, micros: Number.NaN };

async function run(targets: readonly Target[]): Promise<Result[]> {
  const [rounds, seconds, connections, streams, idle] = (['rounds', 'seconds', 'connections', 'streams', 'idle'] as const).map((name) => Number(values[name])) as [number, number, number, number, number];
  const results = targets.map((target): Result => ({ name: target.name, json: [], stream: [], idleBytes: undefined }));
  // Before any load: a heap that has once been large hides what a stream needs.
  for (const [index, target] of targets.entries()) if (idle > 0) results[index]!.idleBytes = await idleBytes(target, idle);
  // Round 0 warms up: compilers, pools, caches.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, target] of targets.entries()) {
      const forMs = round ? seconds * 1_000 : 2_000;
      const json = connections > 0 ? await measure(target, 'json', connections, forMs) : nothing;
      const stream = streams > 0 ? await measure(target, 'stream', streams, forMs) : nothing;
      console.log(`${round ? `round ${round}` : 'warm-up'}  ${target.name.padEnd(15)} ${json.perSecond.toFixed(0)} answers/s at ${json.micros.toFixed(1)} µs, ${stream.perSecond.toFixed(0)} events/s at ${stream.micros.toFixed(1)} µs`);
      if (!round) continue;
      results[index]!.json.push(json);
      results[index]!.stream.push(stream);
    }
  }
  return results;
}

async function main(): Promise<void> {
  if (values.help) return console.log(help);
  if (process.platform !== 'linux' || !onPath('taskset') || cpus().length < 2) throw new Error('The bench needs Linux, taskset and at least two cores.');
  buildAll(console.log);
  if (values.api) return benchApi(values.profile);
  if (values.conversions) return console.log(await conversionTable());
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  if (values.profile) mkdirSync(values.profile, { recursive: true });
  const targets: Target[] = [];
  try {
    await startTargets(folder, await startMock(), values.only.split(','), targets);
    const results = await run(targets);
    console.log(`\n${table(results)}\n\n${verdicts(results).join('\n')}`);
  } finally {
    for (const target of targets) await target.stop();
    if (values.keep) console.log(`logs: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

await main();
process.exit();
