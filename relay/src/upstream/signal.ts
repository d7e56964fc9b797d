/** What wants to know that an exchange ended. */
export interface AbortListener { onAbort(): void }

/**
 * The end of an exchange, told to everything below it. Does what an AbortSignal does for a hundredth of its cost: one exchange has
 * one, most have a single listener, and nearly all end without it ever firing.
 */
export class Signal {
  aborted = false;
  private listener: AbortListener | undefined;
  private others: AbortListener[] | undefined;

  /** Calls back at once when the end has come already. */
  onAbort(listener: AbortListener): void {
    if (this.aborted) listener.onAbort();
    else if (this.listener) (this.others ??= []).push(listener);
    else this.listener = listener;
  }

  /** Takes the listener away again. */
  forget(listener: AbortListener): void {
    if (this.listener === listener) this.listener = undefined;
    else if (this.others) this.others = this.others.filter((other) => other !== listener);
  }

  /** Tells every listener, in the same tick. A second call does nothing. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const { listener, others } = this;
    this.listener = this.others = undefined;
    listener?.onAbort();
    for (const other of others ?? []) other.onAbort();
  }
}
