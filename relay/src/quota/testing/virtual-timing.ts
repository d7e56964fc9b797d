import type { Timing } from '../timing.ts';

interface Event { readonly at: number; readonly order: number; readonly work: () => void; cancelled: boolean }

/** A clock that stands still until the test moves it. What is due runs in the order of time, then of request. */
export class VirtualTiming implements Timing {
  private readonly events: Event[] = [];
  private time = 0;
  private order = 0;

  now(): number { return 1_800_000_000_000 + this.time; }
  monotonic(): number { return this.time; }
  soon(work: () => void): void { this.after(0, work); }

  after(delayMs: number, work: () => void): () => void {
    const event: Event = { at: this.time + delayMs, order: this.order++, work, cancelled: false };
    this.events.push(event);
    return () => { event.cancelled = true; };
  }

  /** Lets the time pass. Promises settle between events. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (let next = this.next(until); next; next = this.next(until)) {
      this.time = Math.max(this.time, next.at);
      next.work();
      await settled();
    }
    this.time = until;
    await settled();
  }

  private next(until: number): Event | undefined {
    let best: Event | undefined;
    for (const event of this.events) {
      if (!event.cancelled && event.at <= until && (!best || event.at < best.at || (event.at === best.at && event.order < best.order))) best = event;
    }
    if (best) best.cancelled = true;
    if (this.events.length > 64 && this.events.filter((event) => event.cancelled).length > this.events.length / 2) {
      this.events.splice(0, this.events.length, ...this.events.filter((event) => !event.cancelled));
    }
    return best;
  }
}

/** A chain of awaits may be several microtasks deep. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

/** The time of one process: after `kill` nothing that it planned happens any more. */
export function mortal(timing: Timing): { timing: Timing; kill: () => void } {
  let alive = true;
  const guard = (work: () => void) => (): void => { if (alive) work(); };
  return {
    kill: () => { alive = false; },
    timing: {
      now: () => timing.now(), monotonic: () => timing.monotonic(),
      soon: (work) => { timing.soon(guard(work)); }, after: (delayMs, work) => timing.after(delayMs, guard(work)),
    },
  };
}
