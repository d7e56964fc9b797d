/**
 * The last good pictures on disk (CFG-07): `newest` and `previous`, each a line with the head, a line for each resource, and a last
 * line with the checksum of all before it. Secrets stay sealed. A relay with nothing else alive starts from here.
 */
import { createHash, hash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { renameDurably } from '../link/durable-rename.ts';
import { crashPoint } from '../trace/crash-point.ts';
import type { Picture } from './picture.ts';

export interface StoredPicture {
  readonly head: string;
  /** key, body, key, body … */
  readonly resources: string[];
  /** Wall clock at which the control plane last confirmed it. */
  readonly confirmedAt: number;
}

const generations = ['newest', 'previous'] as const;
const chunkLength = 262_144;
const line = z.tuple([z.string(), z.string()]);
const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

export class SnapshotStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Rejects when the disk refuses; the generations that are there stay as they are. */
  async save(picture: Picture): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const temporary = this.path('writing'), newest = this.path('newest');
    const file = await open(temporary, 'w', 0o600), checksum = createHash('sha256');
    try {
      for (const chunk of chunks(picture)) {
        checksum.update(chunk);
        await file.writeFile(chunk);
      }
      crashPoint('during-snapshot-write');
      await file.writeFile(`${checksum.digest('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(newest, this.path('previous')).catch((error: unknown) => { if (!isMissing(error)) throw error; });
    crashPoint('during-snapshot-write');
    await renameDurably(temporary, newest);
  }

  /** Notes on disk that the newest picture is still the current one. */
  async confirm(now: Date): Promise<void> {
    await utimes(this.path('newest'), now, now).catch(() => {});       // only an age; a full disk must not matter here
  }

  /** What can be read, newest first, and a sentence for each generation that is damaged. */
  async *load(): AsyncGenerator<StoredPicture | string> {
    for (const name of generations) {
      try {
        const picture = await this.read(name);
        yield picture ?? `the ${name} stored picture cannot be used: its checksum is wrong`;
      } catch (error) {
        if (!isMissing(error)) yield `the ${name} stored picture cannot be used: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
  }

  /** Undefined: its checksum is wrong. */
  private async read(name: (typeof generations)[number]): Promise<StoredPicture | undefined> {
    const text = await readFile(this.path(name), 'utf8'), { mtimeMs } = await stat(this.path(name));
    const end = text.lastIndexOf('\n', text.length - 2) + 1;
    if (hash('sha256', text.slice(0, end), 'hex') !== text.slice(end, -1)) return undefined;
    const [head = '', ...lines] = text.slice(0, end - 1).split('\n');
    return { head, resources: lines.flatMap((one) => line.parse(JSON.parse(one))), confirmedAt: mtimeMs };
  }

  private path(name: string): string {
    return join(this.folder, `${name}.snapshot`);
  }
}

function* chunks(picture: Picture): Generator<string> {
  let chunk = `${JSON.stringify(picture.head)}\n`;
  for (const { key, body } of picture.indexes.held.values()) {
    chunk += `${JSON.stringify([key, body])}\n`;
    if (chunk.length > chunkLength) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}
