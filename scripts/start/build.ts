/** Builds what the sources say, and nothing when the last build said the same. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../root.ts';
import { Fault } from './fault.ts';
import { filesIn } from './files-in.ts';
import type { Note } from './progress.ts';
import { release } from './release.ts';

interface Part { name: string; sources: string[]; result: string[]; command: string[]; takes: string }

const services: Part = {
  name: 'relay and control plane', takes: 'a few seconds',
  sources: ['relay/src', 'control-plane/src', 'relay/tsconfig.json', 'control-plane/tsconfig.json', 'tsconfig.json', 'pnpm-lock.yaml', 'scripts/start/release.ts'],
  result: ['relay/dist/release/main.js', 'control-plane/dist/release/main.js'],
  command: ['tsc', '-b', 'relay', 'control-plane'],
};
const site: Part = {
  name: 'console', takes: 'about ten seconds',
  sources: ['admin-ui/src', 'admin-ui/public', 'admin-ui/index.html', 'admin-ui/vite.config.ts', 'admin-ui/build', 'admin-ui/package.json', 'pnpm-lock.yaml'],
  result: ['admin-ui/dist/site/index.html'],
  command: ['vite', 'build', 'admin-ui', '--logLevel', 'warn'],
};

const isFolder = (path: string): boolean => !/\.\w+$/.test(path);

/** A hash over names and contents of everything that a part is built from. */
function stampOf(part: Part): string {
  const hash = createHash('sha256');
  const files = part.sources.map((path) => join(root, path)).flatMap((path) => (isFolder(path) ? filesIn(path) : existsSync(path) ? [path] : []));
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** tsc leaves what was built from a source that is gone; a migration would still run from there. */
function removeOrphans(folder: string): void {
  const dist = join(root, folder, 'dist');
  for (const file of filesIn(dist).filter((path) => path.endsWith('.js') && !path.startsWith(join(dist, 'release')))) {
    const source = join(root, folder, 'src', relative(dist, file)).replace(/\.js$/, '.ts');
    if (!existsSync(source)) rmSync(file);
  }
}

function build(part: Part): void {
  const [program, ...args] = part.command;
  const result = spawnSync(join(root, 'node_modules', '.bin', program!), args, { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  if (result.status === 0) return;
  const output = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-20).join('\n');
  if (/ENOSPC|No space left/.test(output)) throw new Error('ENOSPC');
  throw new Fault(`The ${part.name} did not build:\n${output}`);
}

function bringUpToDate(part: Part, stampFile: string, note: Note): void {
  const stamp = stampOf(part);
  const last = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (last === stamp && part.result.every((file) => existsSync(join(root, file)))) return;
  note(`building ${part.name} (${part.takes})`);
  build(part);
  for (const folder of part === services ? ['relay', 'control-plane'] : []) {
    removeOrphans(folder);
    release(join(root, folder, 'dist'));
  }
  writeFileSync(stampFile, stamp);
}

/** Brings `dist` of all packages to what their sources say. */
export function buildAll(note: Note): void {
  bringUpToDate(services, join(root, 'node_modules', '.weir-built-services'), note);
  if (existsSync(join(root, 'admin-ui', 'src', 'main.tsx'))) bringUpToDate(site, join(root, 'node_modules', '.weir-built-console'), note);
}
