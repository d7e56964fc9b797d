/** One timer for everything that may be late by a tick: time-outs of thousands of exchanges cost one walk over a set. */

import { Roster, type Seat } from '../trace/roster.ts';

export interface Ticking { tick(now: number): void }

export class CoarseClock {
  /** Milliseconds since 1970, at most one tick old. */
  now: number;
  private readonly members = new Roster<Ticking>();
  private readonly clock: () => number;
  private readonly timer: NodeJS.Timeout;

  constructor(clock: () => number, tickMs: number) {
    this.clock = clock;
    this.now = clock();
    this.timer = setInterval(() => this.turn(), tickMs);
    this.timer.unref();
  }

  add(member: Ticking): Seat<Ticking> { return this.members.add(member); }
  remove(seat: Seat<Ticking>): void { this.members.remove(seat); }
  stop(): void { clearInterval(this.timer); }

  private turn(): void {
    this.now = this.clock();
    this.members.each((member) => member.tick(this.now));
  }
}
