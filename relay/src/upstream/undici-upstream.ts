/** The upstream client over undici's dispatch: complete, but not as lean as the hot path wants. */
import { Agent, type Dispatcher, errors } from 'undici';
import { Failure } from '../failure/failure.ts';
import type { Signal } from './signal.ts';
import type { AnswerSink, Upstream, UpstreamAnswer, UpstreamRequest } from './upstream.ts';

export class UndiciUpstream implements Upstream {
  private readonly agent: Agent;

  constructor(options: { connectMs: number }) {
    this.agent = new Agent({ connect: { timeout: options.connectMs }, connections: 256, pipelining: 1, keepAliveTimeout: 30_000 });
  }

  open(request: UpstreamRequest, signal: Signal): Promise<UpstreamAnswer | Failure> {
    const { origin, path, method, body, timeouts } = request;
    if (signal.aborted) return Promise.resolve(new Failure('client_gone'));
    return new Promise((resolve) => {
      const handler = new Handler(resolve, signal, timeouts.totalMs);
      this.agent.dispatch({ origin, path, method, headers: [...request.headers], body: body ?? null, headersTimeout: timeouts.firstByteMs, bodyTimeout: timeouts.silenceMs }, handler);
    });
  }

  async close(): Promise<void> { await this.agent.destroy(); }
}

class Handler implements Dispatcher.DispatchHandler, UpstreamAnswer {
  status = 0;
  private headers: Record<string, string | string[] | undefined> = {};
  private controller: Dispatcher.DispatchController | undefined;
  private sink: AnswerSink | undefined;
  private over = false;
  private ended = false;
  private broken: Failure | undefined;
  private readonly held: Buffer[] = [];
  private readonly resolve: (answer: UpstreamAnswer | Failure) => void;
  private readonly forget: () => void;
  private readonly timer: NodeJS.Timeout;

  constructor(resolve: (answer: UpstreamAnswer | Failure) => void, signal: Signal, totalMs: number) {
    this.resolve = resolve;
    this.forget = signal.onAbort(() => { this.cancel(); resolve(new Failure('client_gone')); });
    this.timer = setTimeout(() => this.stop(new Failure('upstream_timeout_idle', { note: 'total time' })), totalMs);
    this.timer.unref();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.over) controller.abort(new Error('cancelled'));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (this.over || status < 200) return;
    this.forget();
    this.status = status;
    this.headers = headers;
    controller.pause();
    this.resolve(this);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over) return;
    if (this.sink) this.sink.onData(chunk, false); else this.held.push(Buffer.from(chunk));
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    if (this.over) return;
    this.ended = true;
    if (!this.sink) return;
    this.over = true;
    this.sink.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.stop(failureOf(error, this.status > 0));
  }

  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  start(sink: AnswerSink): void {
    this.sink = sink;
    for (const chunk of this.held.splice(0)) sink.onData(chunk, false);
    if (this.over) return;
    if (this.broken) { this.over = true; sink.onFailure(this.broken); return; }
    if (this.ended) { this.over = true; sink.onEnd(); return; }
    this.controller?.resume();
  }

  pause(): void { if (!this.over) this.controller?.pause(); }
  resume(): void { if (!this.over) this.controller?.resume(); }

  cancel(): void {
    if (this.over) return;
    this.over = true;
    this.release();
    if (!this.ended) this.controller?.abort(new Error('cancelled'));
  }

  private stop(failure: Failure): void {
    if (this.over) return;
    this.release();
    this.resolve(failure);
    this.broken = failure;
    if (this.sink) { this.over = true; this.sink.onFailure(failure); }
    this.controller?.abort(new Error(failure.code));
  }

  private release(): void {
    clearTimeout(this.timer);
    this.forget();
  }
}

function failureOf(error: Error, answered: boolean): Failure {
  const note = `${error.name}: ${error.message}`.slice(0, 300);
  if (error instanceof errors.ConnectTimeoutError) return new Failure('upstream_timeout_connect', { note });
  if (error instanceof errors.HeadersTimeoutError) return new Failure('upstream_timeout_first_byte', { note });
  if (error instanceof errors.BodyTimeoutError) return new Failure('upstream_timeout_idle', { note });
  if (error instanceof errors.HTTPParserError) return new Failure('bad_response_body', { note });
  return new Failure(answered ? 'answer_cut' : 'do_request_failed', { note });
}
