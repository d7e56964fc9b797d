/**
 * The end of an exchange, told to everything below it. Does what an AbortSignal does for a hundredth of its cost: one exchange has
 * one, most have a single listener, and nearly all end without it ever firing.
 */
export class Signal {
  aborted = false;
  private readonly listeners: (() => void)[] = [];

  /** Calls back at once when the end has come already. Returns what takes the listener away again. */
  onAbort(listener: () => void): () => void {
    if (this.aborted) { listener(); return nothing; }
    this.listeners.push(listener);
    return () => this.forget(listener);
  }

  /** Tells every listener, in the same tick. A second call does nothing. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.listeners.splice(0)) listener();
  }

  private forget(listener: () => void): void {
    const at = this.listeners.indexOf(listener);
    if (at >= 0) this.listeners.splice(at, 1);
  }
}

const nothing = (): void => undefined;
