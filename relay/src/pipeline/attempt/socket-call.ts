/** A call over a WebSocket: one message goes, others come until the last one. To everything else it is an answer of SSE. */
import { Failure } from '../../failure/failure.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { AnswerSink, MessageSocket, SocketRefusal, UpstreamAnswer, UpstreamRequest } from '../../upstream/upstream.ts';
import type { Relay } from '../relay.ts';

export async function openSocketCall({ origin, path, body, timeouts, proxy }: UpstreamRequest, isLast: (message: string) => boolean, relay: Relay, signal: Signal): Promise<UpstreamAnswer | Failure> {
  const opened = await relay.upstream.connect({ origin, path, headers: [], timeouts, proxy }, signal);
  if (opened instanceof Failure) return opened;
  if ('status' in opened) return refused(opened);
  if (Buffer.isBuffer(body)) opened.send(body, false);
  return new SocketAnswer(opened, isLast, timeouts);
}

const nothing = (): void => undefined;

/** What it said instead of shaking hands. */
const refused = ({ status, body, retryAfter }: SocketRefusal): UpstreamAnswer => ({
  status, fields: retryAfter === undefined ? [] : ['retry-after', retryAfter], header: (name) => (name === 'retry-after' ? retryAfter : undefined),
  start: (sink) => sink.onData(body, true), pause: nothing, resume: nothing, cancel: nothing,
});

class SocketAnswer implements UpstreamAnswer {
  readonly status = 200;
  readonly fields: readonly string[] = [];
  private readonly socket: MessageSocket;
  private readonly isLast: (message: string) => boolean;
  private readonly timeouts: UpstreamRequest['timeouts'];
  private sink: AnswerSink | undefined;
  private silence: NodeJS.Timeout | undefined;

  constructor(socket: MessageSocket, isLast: (message: string) => boolean, timeouts: UpstreamRequest['timeouts']) {
    this.socket = socket;
    this.isLast = isLast;
    this.timeouts = timeouts;
  }

  header(name: string): string | undefined { return name === 'content-type' ? 'text/event-stream' : undefined; }

  start(sink: AnswerSink): void {
    this.sink = sink;
    this.patience('upstream_timeout_first_byte', this.timeouts.firstByteMs);
    this.socket.listen({ onMessage: (data) => this.take(data.toString('utf8')), onClose: () => this.over((each) => each.onEnd()) });
  }

  pause(): void { this.socket.pause(); }
  resume(): void { this.socket.resume(); }
  cancel(): void { this.over(nothing); }

  private take(message: string): void {
    const event = Buffer.from(`data: ${message.replaceAll(/\r?\n/g, ' ')}\n\n`);
    if (this.isLast(message)) return this.over((sink) => sink.onData(event, true));
    this.patience('upstream_timeout_idle', this.timeouts.silenceMs);
    this.sink?.onData(event, false);
  }

  private patience(code: 'upstream_timeout_first_byte' | 'upstream_timeout_idle', ms: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.over((sink) => sink.onFailure(new Failure(code))), ms);
  }

  private over(last: (sink: AnswerSink) => void): void {
    const { sink } = this;
    this.sink = undefined;
    clearTimeout(this.silence);
    this.socket.close(1_000, '');
    if (sink) last(sink);
  }
}
