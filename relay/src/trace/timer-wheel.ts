import type { Clock } from './clock.ts';

/** Something that wants to be asked later. It carries its own place in the wheel, so that arming it makes no garbage. */
export abstract class Timed {
  /** These three belong to the wheel. */
  before: Timed | undefined;
  after: Timed | undefined;
  dueTick = 0;

  /**
   * @param now monotonic milliseconds
   * @returns after how many milliseconds to ask again; 0: never
   */
  abstract onTime(now: number): number;
}

class Ring extends Timed {
  onTime(): number { return 0; }
}

const rings = 512;

/**
 * One coarse timer for everything that waits: an entry costs a few nanoseconds where a timer of Node's own costs hundreds. Who waits
 * for silence does not move its entry with each chunk, but answers `onTime` with what is left.
 */
export class TimerWheel {
  /** Monotonic milliseconds, at most one tick old. */
  now: number;
  private tick: number;
  private readonly tickMs: number;
  private readonly clock: Clock;
  private readonly timer: NodeJS.Timeout;
  private readonly rings = Array.from({ length: rings }, () => new Ring());

  constructor(clock: Clock, tickMs = 25) {
    this.clock = clock;
    this.tickMs = tickMs;
    this.now = clock.monotonic();
    this.tick = Math.floor(this.now / tickMs);
    this.timer = setInterval(() => this.advance(), tickMs);
    this.timer.unref();
  }

  /** Asks after `ms`, up to two ticks late and never early. An entry that was armed already is moved. */
  arm(entry: Timed, ms: number): void {
    this.disarm(entry);
    entry.dueTick = Math.max(this.tick + 1, Math.floor((this.now + ms) / this.tickMs) + 2);
    const ring = this.rings[entry.dueTick % rings];
    entry.before = ring;
    entry.after = ring?.after;
    if (ring?.after) ring.after.before = entry;
    if (ring) ring.after = entry;
  }

  disarm(entry: Timed): void {
    if (!entry.before) return;
    entry.before.after = entry.after;
    if (entry.after) entry.after.before = entry.before;
    entry.before = entry.after = undefined;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Called by the timer; tests that own the clock call it themselves. */
  advance(): void {
    this.now = this.clock.monotonic();
    const until = Math.floor(this.now / this.tickMs), first = Math.max(this.tick + 1, until - rings + 1);
    this.tick = until;
    for (let tick = first; tick <= until; tick++) this.ask(this.rings[tick % rings], until);
  }

  private ask(ring: Timed | undefined, until: number): void {
    const due: Timed[] = [];
    for (let entry = ring?.after; entry; entry = entry.after) if (entry.dueTick <= until) due.push(entry);
    for (const entry of due) {
      if (!entry.before || entry.dueTick > until) continue;            // one that was asked before it took this one away
      this.disarm(entry);
      const again = entry.onTime(this.now);
      if (again > 0) this.arm(entry, again);
    }
  }
}
