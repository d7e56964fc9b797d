import type { RelayState } from '../gql/types.gen.ts';
import type { StateReport } from './link.ts';

const everyMs = 1_000;

/** Keeps the state of this relay fresh in `weir:relays`: each second, and at once when something changed. */
export class StateHeartbeat {
  private report: StateReport = { address: '', hash: '', providers: [], refusal: null, unshipped: 0, version: 0 };
  private pending: NodeJS.Immediate | undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly write: (state: StateReport) => void;

  constructor(write: (state: StateReport) => void) {
    this.write = write;
    this.timer = setInterval(() => this.beat(), everyMs);
    this.timer.unref();
  }

  /** Changes of one tick go out together. The count of unshipped records alone waits for the beat: it moves with each request. */
  set(change: Partial<StateReport>): void {
    const urgent = (Object.keys(change) as (keyof RelayState & keyof StateReport)[])
      .some((name) => name !== 'unshipped' && change[name] !== this.report[name]);
    this.report = { ...this.report, ...change };
    if (urgent) this.pending ??= setImmediate(() => this.beat());
  }

  beat(): void {
    clearImmediate(this.pending);
    this.pending = undefined;
    this.write(this.report);
  }

  stop(): void {
    clearInterval(this.timer);
    clearImmediate(this.pending);
  }
}
