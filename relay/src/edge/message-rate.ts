/** RLY-10: 100 messages a second with a burst of 200, and 8 MiB a second. Tokens come back with time. */
const perSecond = 100, burst = 200;
const bytesPerSecond = 8 << 20, bytesBurst = 24 << 20;

export class MessageRate {
  private messages = burst;
  private bytes = bytesBurst;
  private at: number;

  /** @param now milliseconds */
  constructor(now: number) { this.at = now; }

  /** False: this one is too much. */
  take(size: number, now: number): boolean {
    const seconds = Math.max(0, now - this.at) / 1_000;
    this.at = now;
    this.messages = Math.min(burst, this.messages + seconds * perSecond) - 1;
    this.bytes = Math.min(bytesBurst, this.bytes + seconds * bytesPerSecond) - size;
    return this.messages >= 0 && this.bytes >= 0;
  }
}
