import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts a finished, synced file in its place so that power loss does not undo it: the folder's entry is synced too. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
