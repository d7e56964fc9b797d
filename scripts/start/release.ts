/**
 * What people run: the built services without the places where a test lets them die (`crashPoint`). `dist` has them, for scenarios; `dist/release` is
 * made from it, line by line, so that places in stack traces stay true.
 */
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Fault } from './fault.ts';
import { filesIn } from './files-in.ts';

const call = /\bcrashPoint\('[a-z-]+'\)/g, arming = /\barmCrashPoints\(process\.env\);/g;
const bringing = /^import \{ (?:crashPoint|armCrashPoints) \} from '[./a-z-]*crash-point\.js';$/gm;
const left = /crash-?points?|WEIR_CRASH_AT/i;

/** The same text without them. */
export const withoutCrashPoints = (text: string): string => text.replace(bringing, '').replace(arming, '').replace(call, 'undefined');

/** The gate: what a release may not hold, whatever form somebody gave it. Undefined: nothing. */
export const crashPointIn = (text: string): string | undefined => withoutComments(text).split('\n').find((line) => left.test(line))?.trim();

const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** @param dist of one service; throws a Fault that names the line which still has one */
export function release(dist: string): void {
  const made = join(dist, 'release.new'), folder = join(dist, 'release');
  rmSync(made, { recursive: true, force: true });
  for (const file of filesIn(dist)) {
    const path = relative(dist, file);
    if (/^(?:release|\.tests)[/\\]/.test(path) || !/\.js(?:\.map)?$/.test(path) || basename(path).startsWith('crash-point.')) continue;
    cpSync(file, join(made, path));
    if (path.endsWith('.js')) strip(join(made, path));
  }
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  renameSync(made, folder);
}

function strip(file: string): void {
  const text = readFileSync(file, 'utf8');
  if (!left.test(text)) return;
  const stripped = withoutCrashPoints(text), line = crashPointIn(stripped);
  if (line !== undefined) throw new Fault(`A crash point would be in the release: ${file}: ${line}`);
  writeFileSync(file, stripped);
}
