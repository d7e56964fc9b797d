/** A passing body on its way into one connection: framed, and no faster than the upstream reads. */
import type { Failure } from '../failure/failure.ts';
import type { Connection } from './connection.ts';
import type { BodySink, BodySource } from './upstream.ts';

const lineEnd = Buffer.from('\r\n'), lastChunk = Buffer.from('0\r\n\r\n');

export class BodySending implements BodySink {
  complete = false;
  private over = false;
  private readonly connection: Connection;
  private readonly inChunks: boolean;
  private readonly told: { progress(): void; fail(failure: Failure): void };
  private readonly cancel: () => void;

  constructor(source: BodySource, connection: Connection, told: { progress(): void; fail(failure: Failure): void }) {
    this.connection = connection;
    this.inChunks = source.length === undefined;
    this.told = told;
    this.cancel = source.send(this);
  }

  write(piece: Buffer): boolean {
    if (this.over || piece.length === 0) return true;
    this.told.progress();
    if (!this.inChunks) return this.connection.writeMore(piece);
    return this.connection.writeMore(Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, lineEnd]));
  }

  drained(callback: () => void): void {
    this.connection.drained(() => {
      if (this.over) return;
      this.told.progress();
      callback();
    });
  }

  end(): void {
    if (this.over) return;
    if (this.inChunks) this.connection.writeMore(lastChunk);
    this.over = this.complete = true;
  }

  fail(failure: Failure): void {
    if (this.over) return;
    this.over = true;
    this.told.fail(failure);
  }

  /** The attempt is over: nothing more is wanted. */
  stop(): void {
    if (this.over) return;
    this.over = true;
    this.cancel();
  }
}
