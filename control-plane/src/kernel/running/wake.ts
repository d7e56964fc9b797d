/** Lets a loop sleep until something happens or time is up. A call that comes while nobody sleeps is not lost. */
export class Wake {
  private isCalled = false;
  private wakeUp: (() => void) | undefined;

  call(): void {
    this.isCalled = true;
    this.wakeUp?.();
  }

  /** Resolves at the next call, after `ms`, or when the signal is aborted; at once for a call that came before. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.isCalled && !signal.aborted && ms > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => this.wakeUp?.(), ms);
        this.wakeUp = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', this.wakeUp!);
          this.wakeUp = undefined;
          resolve();
        };
        signal.addEventListener('abort', this.wakeUp);
      });
    }
    this.isCalled = false;
  }
}
