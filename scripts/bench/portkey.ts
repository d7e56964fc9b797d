import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freePort, isOpen, stopChild } from '../services/child.ts';
import { familyOf } from './cpu.ts';
import { gatewayCore, spawnPinned } from './pinned.ts';
import { type Target, until } from './target.ts';

// With newer ones its streams end in a 500.
const versions = { '@portkey-ai/gateway': '1.15.2', '@hono/node-server': '1.13.8', hono: '4.6.10' };
const start = join('node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');

/** Portkey's gateway from npm, in a folder of its own that later runs find again. A sentence when it cannot be had. */
export async function startPortkey(folder: string, upstreamPort: number): Promise<Target | string> {
  const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'weir-bench', 'portkey-1.15.2');
  if (!existsSync(join(home, start))) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: versions, overrides: { '@hono/node-server': '1.13.8', hono: '4.6.10' } }));
    const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: home, encoding: 'utf8' });
    if (installed.status !== 0) return `npm could not install it: ${installed.stderr.trim().split('\n').at(-1) ?? ''}`;
  }
  const port = await freePort();
  const child = spawnPinned(gatewayCore, [process.execPath, join(home, start), '--headless', `--port=${port}`], { ...process.env, NODE_ENV: 'production' }, join(folder, 'portkey.log'));
  await until('Portkey answers', 15_000, () => isOpen(port));
  return {
    name: 'Portkey 1.15.2', port, path: '/v1/chat/completions',
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`, authorization: 'Bearer sk-bench' },
    pids: () => familyOf(child.pid ?? 0), rest: async () => {}, stop: () => stopChild(child, 'SIGTERM'),
  };
}
