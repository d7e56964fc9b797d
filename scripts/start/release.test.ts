import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../root.ts';
import { filesIn } from './files-in.ts';
import { crashPointIn, release, withoutCrashPoints } from './release.ts';

/** Where builds have it; nothing of it is imported here. */
const built = '../trace/crash-point.js';

it.each([
  { name: 'a call of its own', text: "a();\n  crashPoint('mid-stream');\nb();", is: 'a();\n  undefined;\nb();' },
  { name: 'a call behind a condition', text: "if (changed) crashPoint('before-publish');", is: 'if (changed) undefined;' },
  { name: 'what arms them', text: 'armCrashPoints(process.env);\nrun();', is: '\nrun();' },
  { name: 'what brings them', text: `import { crashPoint } from '${built}';\na();`, is: '\na();' },
])('takes out $name, and no line goes', ({ text, is }) => {
  expect(withoutCrashPoints(text)).toBe(is);
  expect(crashPointIn(withoutCrashPoints(text))).toBeUndefined();
});

it.each([
  { name: 'a name that is computed', text: 'crashPoint(name);' },
  { name: 'another way to bring them', text: `const { armCrashPoints } = await import('${built}');` },
  { name: 'a name for all', text: `import * as death from '${built}';` },
  { name: 'the variable', text: "if (process.env['WEIR_CRASH_AT']) die();" },
])('stops at $name', ({ text }) => expect(crashPointIn(withoutCrashPoints(`a();\n${text}`))).toBe(text));

it('does not mind what is said about them', () => expect(crashPointIn('/** a crash point\n * crashPoint */\n  // crashPoints\na();')).toBeUndefined());

it('can take them out of all that there is', () => {
  const sources = ['relay', 'control-plane'].flatMap((folder) => filesIn(join(root, folder, 'src'))).filter((path) => path.endsWith('.ts') && !/\.test\.ts$|crash-point\.ts$/.test(path));
  const asBuilt = (text: string): string => text.replaceAll(/(from '[^']*)\.ts'/g, "$1.js'");
  expect(sources.flatMap((path) => crashPointIn(withoutCrashPoints(asBuilt(readFileSync(path, 'utf8')))) ?? [])).toEqual([]);
});

let dist: string;
beforeAll(() => { dist = mkdtempSync(join(tmpdir(), 'weir-release-')); });
afterAll(() => { rmSync(dist, { recursive: true }); });

it('makes the release beside what it is made from, anew each time', () => {
  const write = (path: string, text: string): void => { mkdirSync(join(dist, path, '..'), { recursive: true }); writeFileSync(join(dist, path), text); };
  write('main.js', `import { crashPoint } from '${built}';\ncrashPoint('a');\n`);
  write('main.d.ts', 'export {};');
  write('trace/crash-point.js', 'export const crashPoint = 1;');
  write('trace/crash-point.js.map', '{}');
  write('.tests/a.test.js', '');
  write('release/old.js', '');
  for (let time = 0; time < 2; time++) release(dist);
  expect(filesIn(join(dist, 'release'))).toEqual([join(dist, 'release', 'main.js')]);
  expect(readFileSync(join(dist, 'release', 'main.js'), 'utf8')).toBe('\nundefined;\n');
  write('bad.js', 'crashPoint(x);');
  expect(() => release(dist)).toThrow(/bad\.js: crashPoint\(x\);/);
  expect(existsSync(join(dist, 'release', 'main.js'))).toBe(true);
});
