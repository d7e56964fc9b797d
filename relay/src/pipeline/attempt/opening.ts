/**
 * The first part of an answer, held back until it is certain that there is an answer: as long as nothing went to the client,
 * another channel may still be tried (appendix A: an error, an end or nothing inside a 200 is retryable).
 */
import type { AnswerReport, AnswerWatch } from '../../dialects/dialect.ts';
import { Failure } from '../../failure/failure.ts';
import type { AnswerSink, UpstreamAnswer } from '../../upstream/upstream.ts';

export interface OpeningPlan {
  /** Streams open with their first event, whole answers with their last byte. */
  readonly stream: boolean;
  /** The stream comes as one list of its events. */
  readonly list?: boolean;
  /** Its events are JSON objects, as those of all dialects that clients speak. */
  readonly objects?: boolean;
  /** A whole answer above this is piped, its first part taken on trust. */
  readonly holdBytes: number;
  /** A stream that says nothing but comments for this long has not begun to answer. */
  readonly firstEventMs: number;
}

/** One that may say that what it keeps of a chunk is its own: others keep the chunk. */
export interface KeepingSink extends AnswerSink { readonly copies?: boolean }

/** UPS-09: more than this is no answer that anyone holds in memory. */
const mostBytes = 64 << 20;
/** A first event above this is taken on trust. */
const firstEventBytes = 65_536;
const none: readonly string[] = [];
const error = Buffer.from('"error"');
const elementSigns = ['"candidates"', '"promptFeedback"', '"error"'].map((sign) => Buffer.from(sign));
const eventEnds = ['\n\n', '\r\n\r\n', '\r\r'].map((end) => Buffer.from(end));

export class Opening implements AnswerSink {
  /** What was held back, until it is handed on. */
  pieces: Buffer[] = [];
  /** The last byte is among them. */
  complete = false;
  private bytes = 0;
  private isSettled = false;
  private failure: Failure | undefined;
  private resolve: ((failure: Failure | undefined) => void) | undefined;
  private sink: KeepingSink | undefined;
  private broken: Failure | undefined;
  private lastReport: AnswerReport | undefined;
  private starting = false;
  private patience: NodeJS.Timeout | undefined;
  private readonly plan: OpeningPlan;
  private readonly watch: AnswerWatch;

  constructor(plan: OpeningPlan, watch: AnswerWatch) {
    this.plan = plan;
    this.watch = watch;
  }

  /** What the watch knows. Of a complete answer it is asked once: looking through a whole body costs more than sending it. */
  get report(): AnswerReport {
    return this.complete ? this.lastReport ??= this.watch.report() : this.watch.report();
  }

  /** The watch has seen the last event; not every one looks for it. */
  get seenWhole(): boolean { return this.watch.whole === true; }

  /** See `AnswerWatch`. */
  get sequence(): number | undefined { return this.watch.sequence?.(); }

  /** See `AnswerWatch`. */
  get signatures(): readonly string[] { return this.watch.signatures?.() ?? none; }

  /** @returns undefined when the answer is worth delivering; at once where it is all there already, as most whole answers are */
  begin(answer: UpstreamAnswer): Failure | undefined | Promise<Failure | undefined> {
    this.starting = true;
    answer.start(this);
    this.starting = false;
    return this.isSettled ? this.failure : new Promise((resolve) => { this.resolve = resolve; });
  }

  /** Hands everything on from here: first what was held back, then what comes. */
  handTo(sink: KeepingSink): void {
    this.sink = sink;
    const { pieces } = this, last = pieces.length - 1;
    this.pieces = [];
    pieces.forEach((piece, index) => sink.onData(piece, this.complete && index === last));
    if (this.complete && last < 0) sink.onEnd();
    if (this.broken) sink.onFailure(this.broken);
  }

  onData(chunk: Buffer, last: boolean): void {
    // A copy, where somebody keeps it: the read buffer is filled again. What comes while the answer starts was copied by the
    // upstream client.
    const copy = this.starting || (this.watch.copies && this.sink?.copies) ? chunk : Buffer.from(chunk);
    this.watch.see(copy);
    if (this.sink) { this.sink.onData(copy, last); return; }
    this.pieces.push(copy);
    this.bytes += copy.length;
    if (last) this.complete = true;
    if (!this.isSettled) this.judge(last);
  }

  onEnd(): void {
    if (this.sink) { this.sink.onEnd(); return; }
    this.complete = true;
    if (!this.isSettled) this.judge(true);
  }

  onFailure(failure: Failure): void {
    if (this.sink) { this.sink.onFailure(failure); return; }
    this.broken = failure;
    this.settle(failure);
  }

  /** The client left: nobody waits for the rest. */
  abandon(): void { this.settle(new Failure('client_gone')); }

  private judge(last: boolean): void {
    if (this.plan.stream ? this.hasEvent() : last || this.bytes > this.plan.holdBytes) return this.settle(this.verdict(last));
    if (this.bytes > mostBytes) return this.settle(new Failure('bad_response_body', { note: `a body of more than ${mostBytes} bytes` }));
    if (last) return this.settle(this.bytes === 0 || this.plan.stream ? new Failure('empty_response') : this.verdict(true));
    if (!this.plan.stream) return;
    if (this.bytes > firstEventBytes) this.settle(undefined); else this.wait();
  }

  /** The first member of the first element is there. */
  private hasElement(held: Buffer): boolean { return elementSigns.some((sign) => held.includes(sign)); }

  /**
   * Comments are no event, and no sign that there will be one: they are let go, and the client is kept warm by ourselves. Nor is the end
   * of an answer that never began.
   */
  private hasEvent(): boolean {
    const held = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    if (this.plan.list) return this.hasElement(held);
    if (!eventEnds.some((end) => held.includes(end))) return false;
    if (/(^|[\r\n])data:(?!\s*\[DONE\])/.test(held.toString('latin1', 0, firstEventBytes))) return true;
    if (!eventEnds.some((end) => held.subarray(-end.length).equals(end))) return false;
    this.pieces = [];
    this.bytes = 0;
    return false;
  }

  /** Rare enough for a timer of its own: nearly every answer opens with its first chunk. */
  private wait(): void {
    this.patience ??= setTimeout(() => this.settle(new Failure('upstream_timeout_first_byte', { note: 'comments only' })), this.plan.firstEventMs);
  }

  private verdict(last: boolean): Failure | undefined {
    if (this.plan.stream) return this.watch.failed || this.pieces.some((piece) => piece.includes(error)) ? this.report.failure : this.misshapen();
    if (!last) return undefined;
    if (this.bytes === 0) return new Failure('empty_response');
    const { report } = this;
    return report.failure ?? (report.complete ? undefined : new Failure('bad_response_body', { note: 'not the answer that the dialect knows' }));
  }

  /** Events that are none of this dialect, nor of any that is known: the client gets our words, and not theirs (UPS-09). */
  private misshapen(): Failure | undefined {
    if (!this.plan.objects || this.plan.list) return undefined;
    const first = /(?:^|[\r\n])data:[ \t]*([^\s])/.exec(this.pieces[0]?.toString('latin1', 0, firstEventBytes) ?? '')?.[1];
    return first === undefined || first === '{' || first === '[' ? undefined : new Failure('bad_response_body', { note: 'events that are no JSON' });
  }

  private settle(failure: Failure | undefined): void {
    if (this.patience) clearTimeout(this.patience);
    if (this.isSettled) return;
    this.isSettled = true;
    this.failure = failure;
    this.resolve?.(failure);
    this.resolve = undefined;
  }
}
