/**
 * A form on its way to an upstream (relay-api 7, audio and images). It is read as far as routing needs: until the model is known, or
 * to its end where the price hangs on fields behind the files. What came until then is held; the rest passes as it comes and as fast
 * as the upstream takes it. Clients name the model before the file or behind it: only in the second case a file has to wait.
 */
import { Failure } from '../failure/failure.ts';
import { type FormField, type FormFile, FormScan } from '../framing/form-scan.ts';
import type { Edit } from '../framing/splice.ts';
import type { BodyTaker, Flow } from '../pipeline/exchange.ts';
import type { BodySink, BodySource } from '../upstream/upstream.ts';
import { edited } from './edited.ts';
import type { HeldBytes } from './held-bytes.ts';

export interface UploadPlan {
  readonly boundary: string;
  /** The announced length of the body; undefined: not announced. */
  readonly bodyBytes: number | undefined;
  /** The field that is enough; undefined: the whole form is needed. */
  readonly until: string | undefined;
}

export class Upload implements BodyTaker {
  /** Resolves when enough is known. Failures: `bad_request_body`, those of `BodyTaker`, `upload_not_held`. */
  readonly known: Promise<Failure | undefined>;
  private resolve: ((failure: Failure | undefined) => void) | undefined;
  private readonly plan: UploadPlan;
  private readonly held: HeldBytes;
  private readonly scan: FormScan;
  private readonly flow: Flow;
  private received = 0;
  private ended = false;
  private broken: Failure | undefined;
  private writing: Promise<void> | undefined;
  private isEnough = false;
  /** Bytes went to an upstream that are held nowhere. */
  private isPassing = false;
  private sink: BodySink | undefined;

  /** @param pipe begins the flow */
  constructor(plan: UploadPlan, held: HeldBytes, pipe: (taker: BodyTaker) => Flow) {
    this.plan = plan;
    this.held = held;
    this.scan = new FormScan(plan.boundary);
    this.known = new Promise((resolve) => { this.resolve = resolve; });
    this.flow = pipe(this);
  }

  get boundary(): string { return this.plan.boundary; }
  get fields(): readonly FormField[] { return this.scan.fields; }
  get files(): readonly FormFile[] { return this.scan.files; }
  /** Bytes of the whole form: as announced, or as many as came. */
  get bytes(): number { return this.ended ? this.received : this.plan.bodyBytes ?? this.received; }
  /** All of it came. */
  get isComplete(): boolean { return this.ended; }
  /** It could be sent once more, to another upstream. */
  get isRepeatable(): boolean { return !this.isPassing && !this.broken; }

  onPiece(piece: Buffer, last: boolean): void {
    this.received += piece.length;
    this.ended = last;
    if (this.sink) return this.pass(this.sink, piece, last);
    if (this.resolve) this.scan.push(piece);
    this.hold(piece);
    this.judge(last);
  }

  onFailure(failure: Failure): void {
    this.broken ??= failure;
    this.settle(failure);
    this.sink?.fail(failure);
  }

  /** The form with these edits, from its beginning; what has not come yet follows. */
  source(edits: readonly Edit[]): BodySource {
    const grown = edits.reduce((sum, { start, end, text }) => sum + Buffer.byteLength(text) - (end - start), 0);
    const whole = this.ended ? this.received : this.plan.bodyBytes;
    return {
      length: whole === undefined ? undefined : whole + grown,
      send: (sink) => this.send(sink, edits),
    };
  }

  /** The edit that puts a field before all others. */
  newField(name: string, value: string): Edit {
    const { begin } = this.scan;
    return { start: begin, end: begin, text: `--${this.plan.boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n` };
  }

  /** Nobody will ask for it any more. */
  close(): void {
    this.sink = undefined;
    this.held.close();
  }

  private hold(piece: Buffer): void {
    const written = this.writing ? this.writing.then(() => this.held.append(piece)) : this.held.append(piece);
    if (!written) return;
    // The client waits for the disk.
    this.flow.pause();
    const mine = written.then((failure) => {
      if (failure) this.onFailure(failure);
      if (this.writing !== mine) return;
      this.writing = undefined;
      if (this.resolve && !this.isEnough) this.flow.resume();
    });
    this.writing = mine;
  }

  private judge(last: boolean): void {
    const { until } = this.plan, { fault, ended } = this.scan;
    if (fault !== undefined) return this.settle(new Failure('bad_request_body', { say: `The form cannot be read: ${fault}.` }));
    const enough = until !== undefined && this.scan.field(until) !== undefined;
    if (!enough && !ended && last) return this.settle(new Failure('bad_request_body', { say: 'The form ends without its closing boundary.' }));
    if (this.isEnough || !(enough || ended)) return;
    this.isEnough = true;
    this.flow.pause();
    void this.written().then(() => this.settle(this.broken));
  }

  private async written(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private settle(failure: Failure | undefined): void {
    this.resolve?.(failure);
    this.resolve = undefined;
  }

  private send(sink: BodySink, edits: readonly Edit[]): () => void {
    let cancelled = false;
    let read = 0;
    const counted = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of pieces) { read += piece.length; yield piece; }
    };
    const run = async (): Promise<void> => {
      await this.written();
      for await (const piece of edited(counted(this.held.read()), edits)) {
        if (cancelled) return;
        if (!sink.write(piece)) await new Promise<void>((resolve) => { sink.drained(resolve); });
      }
      if (cancelled) return;
      if (this.broken) return sink.fail(this.broken);
      if (read !== this.held.length) return sink.fail(new Failure('upload_not_held', { note: 'more was held than was read' }));
      if (this.ended) return sink.end();
      this.sink = sink;
      this.flow.resume();
    };
    run().catch((error: unknown) => sink.fail(new Failure('upload_not_held', { note: String(error).slice(0, 300) })));
    return () => {
      cancelled = true;
      if (this.sink === sink) this.sink = undefined;
      this.flow.pause();
    };
  }

  private pass(sink: BodySink, piece: Buffer, last: boolean): void {
    this.isPassing = true;
    if (!sink.write(piece) && !last) {
      this.flow.pause();
      sink.drained(() => this.flow.resume());
    }
    if (last) sink.end();
  }
}
