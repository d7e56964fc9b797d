import { Failure } from '../failure/failure.ts';

const lineEnd = 0x0a, longestLine = 64 << 20;

/** One JSON text a line (Ollama), as SSE events. */
export class JsonLines {
  private pieces: Buffer[] = [];
  private bytes = 0;

  push(chunk: Buffer): Buffer[] | Failure {
    const events: Buffer[] = [];
    let start = 0;
    for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, start)) {
      this.pieces.push(chunk.subarray(start, at));
      this.take(events);
      start = at + 1;
    }
    if (start < chunk.length) this.pieces.push(Buffer.from(chunk.subarray(start)));
    this.bytes += chunk.length - start;
    return this.bytes > longestLine ? new Failure('bad_response_body', { note: 'a line above the limit' }) : events;
  }

  end(): Buffer[] | Failure {
    const events: Buffer[] = [];
    this.take(events);
    return events;
  }

  private take(events: Buffer[]): void {
    const line = Buffer.concat(this.pieces).toString('utf8').trim();
    this.pieces = [];
    this.bytes = 0;
    if (line !== '') events.push(Buffer.from(`data: ${line}\n\n`));
  }
}
