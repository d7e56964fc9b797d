import { Failure } from '../failure/failure.ts';
import type { FailureCode } from '../failure/catalogue.ts';
import { Timed, type TimerWheel } from '../trace/timer-wheel.ts';
import { type AnswerHead, fieldOf } from './answer-head.ts';
import { type AnswerEvents, AnswerReader } from './answer-reader.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import type { OriginPool } from './origin-pool.ts';
import type { AbortListener, Signal } from './signal.ts';
import { BodySending } from './body-sending.ts';
import type { AnswerSink, BodySource, UpstreamAnswer, UpstreamRequest, UpstreamTimeouts } from './upstream.ts';

/** What arrives before anyone takes it is held up to here; then reading stops. */
const mostHeldBytes = 262_144;
const none: readonly never[] = [];

/** One attempt, from the search for a connection to the last byte of the answer. Every ending passes through `over`. */
export class Call extends Timed implements UpstreamAnswer, AnswerEvents, ConnectionUser, AbortListener {
  status = 0;
  fields: readonly string[] = [];
  private phase: 'connect' | 'send' | 'body' | 'over' = 'connect';
  private begun = false;
  /** As the head of the answer says. */
  private reusable = false;
  private keepMs: number | undefined;
  private complete = false;
  private paused = false;
  private cancelled = false;
  private sink: AnswerSink | undefined;
  private held: readonly Buffer[] = none;
  private heldBytes = 0;
  /** What there is to tell a sink that has not come yet. */
  private ending: Failure | 'end' | undefined;
  private connection: Connection | undefined;
  private reader: AnswerReader | undefined;
  /** An idle connection was tried: it may turn out to have been closed by the upstream meanwhile. */
  private pooled = false;
  /** The upstream may have read the request (UPS-03). */
  private written = false;
  private cancelDial: (() => void) | undefined;
  private readonly signal: Signal;
  private readonly startedAt: number;
  private lastAt: number;
  private readonly pool: OriginPool;
  private readonly wheel: TimerWheel;
  private readonly timeouts: UpstreamTimeouts;
  /** Until the answer begins: a stream lives long, and its request may be large. */
  private body: Buffer | undefined;
  /** A body that is sent while it comes. */
  private readonly source: BodySource | undefined;
  private sending: BodySending | undefined;
  private text: string;
  private resolve: ((result: UpstreamAnswer | Failure) => void) | undefined;

  constructor(request: UpstreamRequest, text: string, pool: OriginPool, wheel: TimerWheel, signal: Signal, resolve: (result: UpstreamAnswer | Failure) => void) {
    super();
    this.timeouts = request.timeouts;
    if (Buffer.isBuffer(request.body)) this.body = request.body; else this.source = request.body;
    this.text = text;
    this.pool = pool;
    this.wheel = wheel;
    this.resolve = resolve;
    this.startedAt = this.lastAt = wheel.now;
    this.signal = signal;
    signal.onAbort(this);
    const { connectMs, firstByteMs, silenceMs, totalMs } = request.timeouts;
    wheel.arm(this, Math.min(connectMs, firstByteMs, silenceMs, totalMs));
    // A kept connection may turn out dead: what was sent of a passing body cannot be sent again, and what must not be done twice must not.
    const idle = this.source || request.once ? undefined : pool.take(wheel.now);
    this.pooled = idle !== undefined;
    if (idle) this.send(idle);
    else this.dial();
  }

  /** The client left. */
  onAbort(): void { this.fail('client_gone', 'the client left'); }

  header(name: string): string | undefined {
    return fieldOf(this.fields, name);
  }

  forgetHead(): void { this.fields = none; }

  start(sink: AnswerSink): void {
    if (this.cancelled) return;
    this.sink = sink;
    this.lastAt = this.wheel.now;
    const { held, ending } = this, lastIsHeld = ending === 'end' && held.length > 0;
    this.held = none;
    held.forEach((chunk, index) => { if (this.sink) sink.onData(chunk, lastIsHeld && index === held.length - 1); });
    if (!this.sink || (ending === 'end' && lastIsHeld)) return;
    if (ending === 'end') sink.onEnd();
    else if (ending) sink.onFailure(ending);
    else if (!this.paused) this.connection?.resume();
  }

  pause(): void {
    if (this.paused || this.phase !== 'body') return;
    this.paused = true;
    this.connection?.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.lastAt = this.wheel.now;
    this.connection?.resume();
  }

  cancel(): void {
    this.cancelled = true;
    this.sink = undefined;
    this.held = none;
    if (this.phase !== 'over') this.over();
  }

  onTime(now: number): number {
    const { connectMs, firstByteMs, silenceMs, totalMs } = this.timeouts;
    const ends = this.startedAt + totalMs;
    if (now >= ends) { this.fail('upstream_timeout_idle', 'the whole attempt took too long'); return 0; }
    switch (this.phase) {
      case 'connect': return this.patience(now, connectMs, 'upstream_timeout_connect', ends);
      case 'send': return this.patience(now, firstByteMs, 'upstream_timeout_first_byte', ends);
      case 'body': return this.paused || !this.sink ? Math.min(silenceMs, ends - now) : this.patience(now, silenceMs, 'upstream_timeout_idle', ends);
      case 'over': return 0;
    }
  }

  onBytes(bytes: Buffer): void {
    if (this.phase === 'body') this.lastAt = this.wheel.now;            // a head that drips in is no sign of life
    this.reader?.push(bytes);
    if (this.complete && this.phase !== 'over') this.over();
  }

  onClosed(clean: boolean, why: string): void {
    this.connection = undefined;
    if (this.pooled && this.phase === 'send' && this.reader?.begun === false) {
      this.pooled = false;                               // it had been dead before we used it: one replacement, a fresh one
      this.phase = 'connect';
      this.lastAt = this.wheel.now;
      this.dial();
    } else if (clean) {
      this.reader?.end();
      if (this.complete) this.over();
    } else if (!this.complete) {
      this.onBroken(why);
    }
  }

  onHead(head: AnswerHead): void {
    this.begun = true;
    this.reusable = head.reusable;
    this.keepMs = head.keepMs;
    this.status = head.status;
    this.fields = head.fields;
    this.phase = 'body';
    this.body = undefined;
    this.text = '';
    this.lastAt = this.wheel.now;
    this.signal.forget(this);
    this.resolve?.(this);
    this.resolve = undefined;
  }

  onData(chunk: Buffer, last: boolean): void {
    if (last) this.complete = true;
    if (this.sink) return this.sink.onData(chunk, last);
    if (this.cancelled) return;
    this.held = [...this.held, Buffer.from(chunk)];
    this.heldBytes += chunk.length;
    if (last) this.ending = 'end';
    else if (this.heldBytes > mostHeldBytes) this.connection?.pause();
  }

  onEnd(): void {
    this.complete = true;
    if (this.sink) this.sink.onEnd();
    else this.ending ??= 'end';
  }

  onBroken(why: string): void {
    const cut = why === 'cut' || this.connection === undefined;
    if (this.begun) this.fail(cut ? 'answer_cut' : 'bad_response_body', why);
    else this.fail(cut ? 'do_request_failed' : 'bad_response_body', cut ? `the connection ended before an answer (${why})` : why);
  }

  private dial(): void {
    this.cancelDial = this.pool.dial((result) => {
      this.cancelDial = undefined;
      if (result instanceof Failure) this.fail(result.code, result.details.note ?? '');
      else this.send(result);
    });
  }

  private send(connection: Connection): void {
    this.connection = connection;
    this.phase = 'send';
    this.written = true;
    this.lastAt = this.wheel.now;
    this.reader = new AnswerReader(this);
    connection.user = this;
    connection.write(this.text, this.body);
    if (this.source) this.sending = new BodySending(this.source, connection, { progress: () => { this.lastAt = this.wheel.now; }, fail: (failure) => this.fail(failure.code, failure.details.note ?? '') });
  }

  /** What is left of a limit that began with the last sign of life; past it, the attempt fails. */
  private patience(now: number, limitMs: number, code: FailureCode, ends: number): number {
    const due = this.lastAt + limitMs;
    if (now < due) return Math.min(due, ends) - now;
    this.fail(code, `nothing for ${limitMs} ms`);
    return 0;
  }

  private fail(code: FailureCode, note: string): void {
    if (this.phase === 'over') return;
    const failure = new Failure(code, { note, sent: this.written }), { sink, resolve } = this;
    this.ending ??= failure;
    this.sink = undefined;
    this.over();
    resolve?.(failure);
    sink?.onFailure(failure);
  }

  /** The one end: timer, signal, dial and connection are given up, the connection to the pool where it is clean. */
  private over(): void {
    this.phase = 'over';
    this.resolve = undefined;
    this.wheel.disarm(this);
    this.signal.forget(this);
    this.cancelDial?.();
    this.reader?.stop();
    this.sending?.stop();
    const { connection, reader } = this;
    this.connection = undefined;
    if (!connection) return;
    if (this.complete && this.reusable && !reader?.surplus && connection.flushed && this.sending?.complete !== false) {
      this.pool.give(connection, this.wheel.now, this.keepMs);
    } else {
      connection.destroy();
    }
  }
}
