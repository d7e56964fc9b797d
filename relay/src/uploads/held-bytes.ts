/** Bytes that wait until it is known where they go: in memory up to a limit, above it in a file that has no name and so outlives nobody. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure/failure.ts';

const readBytes = 262_144;

export class HeldBytes {
  /** Bytes held. */
  length = 0;
  private readonly memoryBytes: number;
  private readonly folder: string;
  private memory: Buffer[] = [];
  private inMemory = 0;
  private file: FileHandle | undefined;
  private closed = false;

  /** @param memoryBytes what is beyond goes to a file in the folder */
  constructor(memoryBytes: number, folder: string) {
    this.memoryBytes = memoryBytes;
    this.folder = folder;
  }

  /** Undefined: it is in memory. Else resolves when it is on disk; Failure: it is not (`internal`), and nothing more can be held. */
  append(piece: Buffer): Promise<Failure | undefined> | undefined {
    if (!this.file && this.inMemory + piece.length <= this.memoryBytes) {
      this.memory.push(piece);
      this.inMemory += piece.length;
      this.length += piece.length;
      return undefined;
    }
    return this.write(piece);
  }

  /** All of it, from the beginning. Throws when the disk does not give back what it took. */
  async *read(): AsyncGenerator<Buffer> {
    yield* this.memory;
    const { file } = this;
    if (!file) return;
    for (let at = 0, left = this.length - this.inMemory; left > 0;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(readBytes, left)), 0, undefined, at);
      if (bytesRead === 0) throw new Error('a held body is shorter on disk than it was');
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
      left -= bytesRead;
    }
  }

  close(): void {
    this.closed = true;
    this.memory = [];
    const { file } = this;
    this.file = undefined;
    void file?.close().catch(() => undefined);           // it has no name: the system takes it back with the process at the latest
  }

  private async write(piece: Buffer): Promise<Failure | undefined> {
    try {
      const file = this.file ??= await this.create();
      await file.write(piece, 0, piece.length, this.length - this.inMemory);
      this.length += piece.length;
      if (this.closed) await file.close();
      return undefined;
    } catch (error) {
      return new Failure('upload_not_held', { note: String(error).slice(0, 300) });
    }
  }

  private async create(): Promise<FileHandle> {
    const path = join(this.folder, `upload-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return file;
  }
}
