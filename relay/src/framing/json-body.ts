import { Failure } from '../failure/failure.ts';

/** A whole JSON body that arrives in pieces, up to a cap. */
export class JsonBody {
  private readonly capBytes: number;
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(capBytes: number) { this.capBytes = capBytes; }

  /** Failure: the body is larger than the cap. What was collected is dropped. */
  push(chunk: Buffer): Failure | undefined {
    this.bytes += chunk.length;
    if (this.bytes <= this.capBytes) this.pieces.push(chunk);
    else this.pieces = [];
    return this.bytes > this.capBytes ? this.tooLarge() : undefined;
  }

  /** The body as it came. */
  end(): Buffer | Failure {
    if (this.bytes > this.capBytes) return this.tooLarge();
    return this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
  }

  private tooLarge(): Failure { return new Failure('bad_response_body', { note: `a body of more than ${this.capBytes} bytes` }); }
}
