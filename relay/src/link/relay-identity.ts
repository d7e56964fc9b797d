import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotStart } from '../failure/cannot-start.ts';
import { renameDurably } from './durable-rename.ts';

export interface RelayIdentity { readonly id: string; readonly epoch: number }

const stored = z.object({ id: z.string().regex(/^[0-9a-z]{8,64}$/), epoch: z.int().min(1).max(2 ** 31 - 2) });

async function read(file: string): Promise<RelayIdentity | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    // A fresh identity would orphan the charges in this folder's spool, so a person has to look.
    throw new CannotStart(`${file} is damaged. Restore it, or move the whole folder away to start as a new relay.`);
  }
}

/**
 * The id that this folder's relay keeps for ever, and the epoch of this start, which is durable before it is returned: leases of
 * an older epoch are fenced off by it. Throws `CannotStart` when the file is damaged, and what the system says when it cannot be read or written.
 */
export async function takeIdentity(folder: string): Promise<RelayIdentity> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'identity.json');
  const last = await read(file) ?? { id: randomBytes(8).toString('hex'), epoch: 0 };
  const identity = { id: last.id, epoch: last.epoch + 1 };
  await writeFile(`${file}.tmp`, `${JSON.stringify(identity)}\n`, { mode: 0o600, flush: true });
  await renameDurably(`${file}.tmp`, file);
  return Object.freeze(identity);
}
