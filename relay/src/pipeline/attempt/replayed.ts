import type { AnswerSink, UpstreamAnswer } from '../../upstream/upstream.ts';

/** Bytes in the place of the body of an answer, all of which is there. */
export class Replayed implements UpstreamAnswer {
  readonly status: number;
  readonly fields: readonly string[];
  private readonly contentType: string;
  private readonly bytes: Buffer;

  constructor({ status, fields }: Pick<UpstreamAnswer, 'status' | 'fields'>, contentType: string, bytes: Buffer) {
    this.status = status;
    this.fields = fields;
    this.contentType = contentType;
    this.bytes = bytes;
  }

  header(name: string): string | undefined { return name === 'content-type' ? this.contentType : undefined; }
  start(sink: AnswerSink): void { sink.onData(this.bytes, true); }
  pause(): void { /* everything is there */ }
  resume(): void { /* everything went out */ }
  cancel(): void { /* nothing runs */ }
}
