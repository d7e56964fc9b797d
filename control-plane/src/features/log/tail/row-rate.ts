/** At most so many rows a second, with room for a burst of one second. */
export class RowRate {
  private tokens: number;
  private atMs: number;

  constructor(private readonly perSecond: number, nowMs: number) {
    this.tokens = perSecond;
    this.atMs = nowMs;
  }

  allows(nowMs: number): boolean {
    this.tokens = Math.min(this.perSecond, this.tokens + (Math.max(0, nowMs - this.atMs) * this.perSecond) / 1000);
    this.atMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
