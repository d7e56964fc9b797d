import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimFolder } from './folder-claim.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'weir-claim-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

it('is held once, and free again when it was released', async () => {
  const release = await claimFolder(folder);
  expect(await claimFolder(join(folder, '.'))).toContain('in use by another relay');
  if (typeof release !== 'string') release();
  const again = await claimFolder(folder);
  expect(again).toBeTypeOf('function');
  if (typeof again !== 'string') again();
});

it('is free when the process that held it was killed', async () => {
  const script = `import { claimFolder } from ${JSON.stringify(new URL('./folder-claim.ts', import.meta.url).href)};
    await claimFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect(await claimFolder(folder)).toBeTypeOf('string');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const release = await claimFolder(folder);
  expect(release).toBeTypeOf('function');
  if (typeof release !== 'string') release();
});
