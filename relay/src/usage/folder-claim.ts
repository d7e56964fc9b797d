/**
 * One process to a folder. A second one would take the running exchanges of the first for those of a dead relay and end them, and
 * its newer epoch would fence the first off from all quota.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Holds the folder until `release`, or until the process is gone, however it goes: the kernel keeps the name, no file stays.
 * Linux only, and only among processes that share a network; elsewhere nothing is held.
 *
 * @returns release, or a sentence for the operator
 */
export function claimFolder(folder: string): Promise<(() => void) | string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'linux') return Promise.resolve(() => undefined);
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex');
  const server = createServer((socket) => { socket.destroy(); });
  return new Promise((resolve) => {
    server.once('error', () => { resolve(`${folder} is in use by another relay. Stop that one, or give this one a data folder of its own (WEIR_DATA).`); });
    server.listen(`\0weir-relay-${name}`, () => {
      server.unref();
      resolve(() => { server.close(); });
    });
  });
}
