/** Reads along with an answer whose words are not those of the contract: whether it is one is told by what is made of it. */
import type { AnswerReport, AnswerWatch } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import type { Blob } from './served.ts';

/** Larger answers are not kept: they count as unreadable. */
const capBytes = 64 << 20;

export class RewrittenWatch implements AnswerWatch {
  private readonly read: (body: Buffer) => Blob | Failure;
  private readonly raw: AnswerWatch;
  private readonly watchOf: () => AnswerWatch;
  private pieces: Buffer[] = [];
  private bytes = 0;

  /**
   * @param raw of the answer as it comes, for usage that only its provider knows to read
   * @param watchOf of an answer in the words of the contract
   */
  constructor(read: (body: Buffer) => Blob | Failure, raw: AnswerWatch, watchOf: () => AnswerWatch) {
    this.read = read;
    this.raw = raw;
    this.watchOf = watchOf;
  }

  see(chunk: Buffer): void {
    this.raw.see(chunk);
    this.bytes += chunk.length;
    if (this.bytes <= capBytes) this.pieces.push(chunk);
  }

  report(): AnswerReport {
    const made = this.read(Buffer.concat(this.pieces)), raw = this.raw.report();
    if (made instanceof Failure) return { ...raw, complete: false, failure: made };
    if (!made.contentType.startsWith('application/json')) return { ...raw, complete: true, failure: undefined };
    const watch = this.watchOf();
    watch.see(made.bytes);
    const report = watch.report();
    return { ...report, tokens: raw.tokens ?? report.tokens };
  }
}
