const WINDOW_MS = 5_000;

/** How much an account reserves lately: the fuller of the running and the last window of five seconds. */
export class Demand {
  private startedAt = -Infinity;
  private running = 0;
  private last = 0;
  private largest = 0;

  add(amount: number, now: number): void {
    this.turn(now);
    this.running += amount;
    if (amount > this.largest) this.largest = amount;
  }

  /** What the free part should not fall below: half a window, and at least one request of the largest kind seen lately. */
  reserveOf(now: number): number {
    this.turn(now);
    return Math.max(this.largest, Math.max(this.running, this.last) / 2);
  }

  private turn(now: number): void {
    if (now - this.startedAt < WINDOW_MS) return;
    this.last = now - this.startedAt < 2 * WINDOW_MS ? this.running : 0;
    this.running = 0;
    if (this.last === 0) this.largest = 0;
    this.startedAt = now;
  }
}
