/** A call over a WebSocket. To everything else it is an answer like any other: its head is told by its first message. */
import type { SocketReader } from '../../endpoints/over-socket.ts';
import { Failure } from '../../failure/failure.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { AnswerSink, MessageSocket, SocketRefusal, UpstreamAnswer, UpstreamRequest } from '../../upstream/upstream.ts';
import type { Relay } from '../relay.ts';

/** Failures: those of `Upstream.open`, and of a first message that cannot be read. */
export async function openSocketCall({ origin, path, headers, body, timeouts, proxy }: UpstreamRequest, reader: SocketReader, isBinary: boolean, relay: Relay, signal: Signal): Promise<UpstreamAnswer | Failure> {
  const opened = await relay.upstream.connect({ origin, path, headers, timeouts, proxy }, signal);
  if (opened instanceof Failure) return opened;
  if ('status' in opened) return refused(opened);
  if (Buffer.isBuffer(body)) opened.send(body, isBinary);
  return new SocketAnswer(opened, reader, timeouts).first(signal);
}

const nothing = (): void => undefined;

/** What it said instead of an answer. */
const refused = ({ status, body, retryAfter }: SocketRefusal): UpstreamAnswer => ({
  status, fields: retryAfter === undefined ? [] : ['retry-after', retryAfter], header: (name) => (name === 'retry-after' ? retryAfter : undefined),
  start: (sink) => sink.onData(body, true), pause: nothing, resume: nothing, cancel: nothing,
});

class SocketAnswer implements UpstreamAnswer {
  readonly status = 200;
  readonly fields: readonly string[];
  private readonly socket: MessageSocket;
  private readonly reader: SocketReader;
  private readonly timeouts: UpstreamRequest['timeouts'];
  private resolve: ((answer: UpstreamAnswer | Failure) => void) | undefined;
  private sink: AnswerSink | undefined;
  /** What came before anybody took it. */
  private held: Buffer[] = [];
  private ending: Failure | 'end' | undefined;
  private paused = false;
  private silence: NodeJS.Timeout | undefined;
  private whole: NodeJS.Timeout | undefined;

  constructor(socket: MessageSocket, reader: SocketReader, timeouts: UpstreamRequest['timeouts']) {
    this.socket = socket;
    this.reader = reader;
    this.timeouts = timeouts;
    this.fields = ['content-type', reader.contentType];
  }

  /** Resolves with the first message: with the answer, or with what the provider says instead. */
  first(signal: Signal): Promise<UpstreamAnswer | Failure> {
    return new Promise((resolve) => {
      const leaving = { onAbort: () => this.over(new Failure('client_gone')) };
      this.resolve = (answer) => { this.resolve = undefined; signal.forget(leaving); resolve(answer); };
      this.patience('upstream_timeout_first_byte', this.timeouts.firstByteMs);
      this.whole = setTimeout(() => this.over(new Failure('upstream_timeout_idle')), this.timeouts.totalMs);
      signal.onAbort(leaving);
      if (!this.ending) this.socket.listen({ onMessage: (data) => this.take(data), onClose: () => this.over(new Failure(this.resolve ? 'empty_response' : 'answer_cut')) });
    });
  }

  header(name: string): string | undefined { return name === 'content-type' ? this.reader.contentType : undefined; }

  start(sink: AnswerSink): void {
    this.sink = sink;
    const { held, ending } = this;
    this.held = [];
    held.forEach((piece, index) => this.sink?.onData(piece, ending === 'end' && index === held.length - 1));
    if (ending === 'end' && held.length === 0) this.sink.onEnd();
    else if (ending instanceof Failure) this.sink.onFailure(ending);
    else if (!ending && !this.paused) this.resume();
  }

  pause(): void {
    this.paused = true;
    clearTimeout(this.silence);
    this.socket.pause();
  }

  resume(): void {
    this.paused = false;
    if (this.ending) return;
    this.patience('upstream_timeout_idle', this.timeouts.silenceMs);
    this.socket.resume();
  }

  cancel(): void {
    this.sink = undefined;
    this.over('end');
  }

  private take(message: Buffer): void {
    if (this.ending) return;
    const said = this.reader.read(message);
    if (said instanceof Failure) return this.over(said);
    if ('status' in said) return this.refuse(said.status, said.refusal);
    if (!said.piece && !said.isLast) return;
    if (said.isLast) this.ending = 'end';
    this.resolve?.(this);
    this.give(said.piece, said.isLast);
    if (said.isLast) this.close();
    else if (!this.paused && this.sink) this.patience('upstream_timeout_idle', this.timeouts.silenceMs);
  }

  private give(piece: Buffer | undefined, isLast: boolean): void {
    if (!this.sink) {
      // Nobody takes it yet, so the provider waits.
      this.socket.pause();
      clearTimeout(this.silence);
      if (piece) this.held.push(piece);
    } else if (piece) this.sink.onData(piece, isLast);
    else this.sink.onEnd();
  }

  private refuse(status: number, refusal: Buffer): void {
    if (!this.resolve) return this.over(new Failure('answer_cut', { note: refusal.toString('utf8').slice(0, 500) }));
    this.resolve(refused({ status, body: refusal, retryAfter: undefined }));
    this.over('end');
  }

  private patience(code: 'upstream_timeout_first_byte' | 'upstream_timeout_idle', ms: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.over(new Failure(code)), ms);
  }

  private over(how: Failure | 'end'): void {
    if (this.ending) return;
    this.ending = how;
    this.close();
    if (how instanceof Failure) {
      this.resolve?.(how);
      this.sink?.onFailure(how);
    }
  }

  private close(): void {
    clearTimeout(this.silence);
    clearTimeout(this.whole);
    this.socket.close(1_000, '');
  }
}
