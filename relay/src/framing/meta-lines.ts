import type { Failure } from '../failure/failure.ts';

const lf = 0x0a, meta = Buffer.from('meta:'), data = Buffer.from('data:');

/** Events that tell their figures in a line `meta:` (Zhipu v3): as one more line of data. */
export class MetaLines {
  private atLineStart = true;
  private held: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] | Failure {
    const bytes = this.held.length ? Buffer.concat([this.held, chunk]) : Buffer.from(chunk);
    let start = this.atLineStart ? 0 : bytes.indexOf(lf) + 1;
    while (start >= 0 && start < bytes.length) {
      if (bytes.subarray(start, start + meta.length).equals(meta)) data.copy(bytes, start);
      const end = bytes.indexOf(lf, start);
      if (end < 0) break;
      start = end + 1;
    }
    // A line whose beginning is cut may still become one.
    const last = bytes.lastIndexOf(lf) + 1, cut = bytes.length - last < meta.length && (last > 0 || this.atLineStart) ? last : bytes.length;
    this.held = bytes.subarray(cut);
    this.atLineStart = cut === last;
    return cut > 0 ? [bytes.subarray(0, cut)] : [];
  }

  end(): Buffer[] | Failure { return this.held.length ? [this.held] : []; }
}
