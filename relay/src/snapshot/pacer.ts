import type { Clock } from '../trace/clock.ts';

/** Long work in slices: between two of them the event loop serves requests (CFG-06 allows a stall of 20 ms). */
export class Pacer {
  private sliceEnds: number;
  private steps = 0;
  private readonly clock: Clock;
  private readonly sliceMs: number;

  constructor(clock: Clock, sliceMs = 4) {
    this.clock = clock;
    this.sliceMs = sliceMs;
    this.sliceEnds = clock.monotonic() + sliceMs;
  }

  /** Ask after each small step; when true, await `rest` before the next. */
  due(): boolean {
    return (++this.steps & 15) === 0 && this.clock.monotonic() >= this.sliceEnds;
  }

  async rest(): Promise<void> {
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    this.sliceEnds = this.clock.monotonic() + this.sliceMs;
  }
}
