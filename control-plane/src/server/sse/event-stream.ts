/** Server-sent events on an open answer: written as fast as the reader takes them, kept alive, ended once. */
import type { OpenAnswer } from '../../kernel/http/http-message.ts';

const heartbeatMs = 10_000;

export class EventStream {
  private readonly timer: NodeJS.Timeout;
  private isOpen = true;

  /** @param onEnd once, whoever ends it */
  constructor(private readonly answer: OpenAnswer, private readonly onEnd: () => void) {
    // A comment keeps proxies from cutting a quiet stream, and shows us a peer that is gone.
    this.timer = setInterval(() => { answer.write(':\n\n'); }, heartbeatMs);
    this.timer.unref();
    answer.onGone(() => this.finish());
    answer.write(':\n\n');
  }

  get open(): boolean { return this.isOpen; }

  /** Resolves when the reader can take more; false when it took nothing for too long, or has gone. */
  async next(payload: unknown): Promise<boolean> {
    if (!this.isOpen) return false;
    return this.answer.write(`event: next\ndata: ${JSON.stringify(payload)}\n\n`) || this.answer.drained();
  }

  complete(): void {
    if (!this.isOpen) return;
    this.answer.write('event: complete\ndata:\n\n');
    this.answer.end();
    this.finish();
  }

  private finish(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearInterval(this.timer);
    this.onEnd();
  }
}
