import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isOpen, onPath, stopChild } from '../services/child.ts';
import { familyOf } from './cpu.ts';
import { gatewayCore, spawnPinned } from './pinned.ts';
import { type Target, until } from './target.ts';

/** The yardstick: one worker, keep-alive upstream, no buffering and no log. Undefined when this machine has none. */
export async function startNginx(folder: string, upstreamPort: number): Promise<Target | undefined> {
  const program = onPath('nginx');
  if (!program) return undefined;
  const port = await freePort(), own = join(folder, 'nginx'), file = join(own, 'nginx.conf');
  mkdirSync(join(own, 'temporary'), { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${own}/temporary;`).join(' ');
  writeFileSync(file, `
daemon off; worker_processes 1; worker_rlimit_nofile 65536; pid ${own}/nginx.pid; error_log ${own}/error.log;
events { worker_connections 32768; }
http {
  access_log off; ${temporary} keepalive_requests 1000000000; keepalive_timeout 300s;
  upstream mock { server 127.0.0.1:${upstreamPort}; keepalive 512; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port} backlog=16384;
    location / { proxy_pass http://mock; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; proxy_read_timeout 600s; }
  }
}`);
  const child = spawnPinned(gatewayCore, [program, '-c', file, '-p', own], process.env, join(own, 'output.log'));
  await until('nginx answers', 5_000, () => isOpen(port));
  return {
    name: 'nginx', port, path: '/v1/chat/completions', headers: {},
    pids: () => familyOf(child.pid ?? 0), rest: async () => {}, stop: () => stopChild(child, 'SIGTERM'),
  };
}
