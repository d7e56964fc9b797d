/** One timer for everything that may be late by a tick: time-outs of thousands of exchanges cost one walk over a set. */

export interface Ticking { tick(now: number): void }

export class CoarseClock {
  /** Milliseconds since 1970, at most one tick old. */
  now: number;
  private readonly members = new Set<Ticking>();
  private readonly clock: () => number;
  private readonly timer: NodeJS.Timeout;

  constructor(clock: () => number, tickMs: number) {
    this.clock = clock;
    this.now = clock();
    this.timer = setInterval(() => this.turn(), tickMs);
    this.timer.unref();
  }

  add(member: Ticking): void { this.members.add(member); }
  remove(member: Ticking): void { this.members.delete(member); }
  stop(): void { clearInterval(this.timer); }

  private turn(): void {
    this.now = this.clock();
    for (const member of this.members) member.tick(this.now);
  }
}
