import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cannotStart, Supervisor } from './supervisor.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'weir-workers-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that notes its process id under its number and lives until it is told to go, or ends as `body` says. */
function workerScript(body: string): string {
  const file = join(folder, 'worker.mjs');
  writeFileSync(file, `import { appendFileSync } from 'node:fs';
    const number = process.argv[3];
    appendFileSync(${JSON.stringify(folder)} + '/' + number, process.pid + '\\n');
    process.on('SIGTERM', () => process.exit(0));
    process.on('disconnect', () => process.exit(0));
    setInterval(() => undefined, 1_000);
    ${body}`);
  return file;
}
const idsOf = (number: number): number[] => {
  const file = join(folder, String(number));
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
};
const until = async (what: () => boolean): Promise<void> => {
  for (let turns = 0; !what(); turns++) {
    if (turns > 500) throw new Error(`never: ${what.toString()}`);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
};
const quiet = pino({ level: 'silent' });

it('starts a worker again that dies, and ends with all of them when it is told to', async () => {
  const supervisor = new Supervisor(workerScript(''), quiet);
  const ended = supervisor.run(2);
  await until(() => idsOf(1).length === 1 && idsOf(2).length === 1);
  process.kill(idsOf(1)[0]!, 'SIGKILL');
  await until(() => idsOf(1).length === 2);
  expect(idsOf(2)).toHaveLength(1);
  supervisor.stop('SIGTERM');
  expect(await ended).toBe(0);
});

it('gives up at once when a worker says that it cannot start', async () => {
  const supervisor = new Supervisor(workerScript(`if (number === '2') process.exit(${cannotStart});`), quiet);
  expect(await supervisor.run(2)).toBe(cannotStart);
  expect(idsOf(2)).toHaveLength(1);
});
