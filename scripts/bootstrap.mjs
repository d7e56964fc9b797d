// Runs on any Node 20+ with nothing installed: fetches Node 22 and pnpm from the npm registry when the running ones do
// not do, installs the workspace from its lockfile, then hands over to scripts/main.ts. No dependencies, no TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const toolchain = join(root, 'scripts', 'toolchain');
const platform = `${process.platform}-${process.arch}`;
const startedAt = Date.now();
const note = (text) => console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1)} s] ${text}`);
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function fail(sentence) {
  console.error(`\nweir: ${sentence}`);
  process.exit(1);
}

function run(command, args, env, whatFailed) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  if (result.error?.code === 'ENOSPC') fail('The disk is full: free some space and run this again.');
  if (result.status !== 0) fail(`${whatFailed}${result.error ? ` (${result.error.message})` : ''}`);
}

/** uWebSockets.js ships binaries up to Node 22's ABI, and undici 8 needs 22.19: so exactly Node 22, late enough. */
function nodeFits() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major === 22 && minor >= 19;
}

function fetchToolchain() {
  const lock = read(join(toolchain, 'package-lock.json'));
  const installed = join(toolchain, 'node_modules', '.lock');
  const node = join(toolchain, 'node_modules', `node-${platform}`, 'bin', 'node');
  const pnpm = join(toolchain, 'node_modules', '@pnpm', `exe.${platform}`, 'pnpm');
  const complete = existsSync(pnpm) && (nodeFits() || existsSync(node));
  if (!complete || read(installed) !== lock) {
    note('fetching Node 22 and pnpm (once, about 250 MB unpacked)');
    run('npm', ['ci', '--prefix', toolchain, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], process.env,
      'Node 22 and pnpm could not be fetched: is the npm registry reachable?');
    if (existsSync(dirname(installed))) writeFileSync(installed, lock);
  }
  if (!nodeFits() && !existsSync(node)) {
    fail(`the npm registry has no Node 22 for ${platform}: install Node 22 (22.19 or later) and run this again.`);
  }
  return { node: nodeFits() ? process.execPath : node, pnpm: existsSync(pnpm) ? pnpm : 'pnpm' };
}

function installPackages(pnpm, env) {
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
  const stamp = createHash('sha256').update(manifests.map((file) => read(join(root, file))).join('\0')).digest('hex');
  const state = join(root, 'node_modules', '.weir-installed');
  if (read(state) === stamp) return;
  note('installing packages (about 430 MB; half a minute on a cold cache)');
  run(pnpm, ['install', '--frozen-lockfile'], { ...env, CI: 'true' }, 'the packages could not be installed.');
  mkdirSync(dirname(state), { recursive: true });
  writeFileSync(state, stamp);
}

const { node, pnpm } = fetchToolchain();
const env = { ...process.env, PATH: [dirname(node), dirname(pnpm), process.env.PATH].join(delimiter) };
installPackages(pnpm, env);

/** `start` and `test` have a story of their own; any other word names a script: `dev`, `gen`, `bench/main`. */
function scriptOf([command = 'help', ...args]) {
  const file = join(root, 'scripts', `${command}.ts`);
  if (command === 'start' || command === 'test' || !existsSync(file)) return [join(root, 'scripts', 'main.ts'), command, ...args];
  return [file, ...args];
}

const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...scriptOf(process.argv.slice(2))], {
  cwd: root, stdio: 'inherit', env: { ...env, WEIR_STARTED_AT: String(startedAt) },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm ends at once on SIGTERM and tells its script nothing: notice the parent's death instead.
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) child.kill('SIGTERM'); }, 250).unref();
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
