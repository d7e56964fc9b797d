/** Streams on their way to clients: for checkpoints (LED-11), and for their end when the relay must go. */
import type { Failure } from '../../failure/failure.ts';
import { Roster, type Seat } from '../../trace/roster.ts';

export interface RunningDelivery {
  /** Tells the reservation what was used so far. */
  checkpoint(): void;
  /** The relay will go: what has nothing under way may end now. */
  drain?(): void;
  /** Ends the stream with the failure as its last event. */
  breakOff(failure: Failure): void;
}

export class Deliveries {
  private readonly running = new Roster<RunningDelivery>();

  get size(): number { return this.running.size; }

  add(delivery: RunningDelivery): Seat<RunningDelivery> { return this.running.add(delivery); }
  remove(seat: Seat<RunningDelivery>): void { this.running.remove(seat); }

  /** Called each few seconds. */
  checkpoint(): void {
    this.running.each((delivery) => delivery.checkpoint());
  }

  drain(): void {
    this.running.each((delivery) => delivery.drain?.());
  }

  breakOff(failure: Failure): void {
    this.running.each((delivery) => delivery.breakOff(failure));
  }
}
