/** A JSON answer too large to be held: piped. When it breaks, only the end of the connection can say so. */
import { Failure } from '../../failure/failure.ts';
import type { AnswerSink } from '../../upstream/upstream.ts';
import type { OpenAnswer } from '../attempt/open-answer.ts';
import type { Delivered } from './deliver-stream.ts';
import type { Exchange } from '../exchange.ts';

export class PipeDelivery implements AnswerSink {
  readonly done: Promise<Delivered>;
  private resolve: (delivered: Delivered) => void = () => undefined;
  private over = false;
  private readonly exchange: Exchange;
  private readonly open: OpenAnswer;
  private readonly onWhole: () => void;

  /** @param onWhole called once, before the client can hold the whole answer */
  constructor(exchange: Exchange, open: OpenAnswer, onWhole: () => void) {
    this.onWhole = onWhole;
    this.exchange = exchange;
    this.open = open;
    this.done = new Promise((resolve) => { this.resolve = resolve; });
    exchange.signal.onAbort(this);
  }

  onAbort(): void {
    this.open.answer.cancel();
    this.finish({ clientGone: true, broken: undefined, failure: new Failure('client_gone') });
  }

  onData(chunk: Buffer, last: boolean): void {
    if (this.over) return;
    if (last) this.onWhole();
    if (!this.exchange.write(chunk) && !last) {
      this.open.answer.pause();
      this.exchange.drained(() => { if (!this.over) this.open.answer.resume(); });
    }
    if (last) this.close();
  }

  onEnd(): void {
    if (this.over) return;
    this.onWhole();
    this.close();
  }

  private close(): void {
    this.exchange.end();
    this.finish({ clientGone: false, broken: undefined, failure: undefined });
  }

  onFailure(failure: Failure): void {
    if (this.over) return;
    this.finish({ clientGone: false, broken: 'cut', failure });
    this.exchange.cut();
  }

  private finish(delivered: Delivered): void {
    if (this.over) return;
    this.over = true;
    this.exchange.signal.forget(this);
    this.resolve(delivered);
  }
}
