/** Streams on their way to clients: for checkpoints (LED-11), and for their end when the relay must go. */
import type { Failure } from '../../failure/failure.ts';

export interface RunningDelivery {
  /** Tells the reservation what was used so far. */
  checkpoint(): void;
  /** The relay will go: what has nothing under way may end now. */
  drain?(): void;
  /** Ends the stream with the failure as its last event. */
  breakOff(failure: Failure): void;
}

export class Deliveries {
  private readonly running = new Set<RunningDelivery>();

  get size(): number { return this.running.size; }

  add(delivery: RunningDelivery): void { this.running.add(delivery); }
  remove(delivery: RunningDelivery): void { this.running.delete(delivery); }

  /** Called each few seconds. */
  checkpoint(): void {
    for (const delivery of this.running) delivery.checkpoint();
  }

  drain(): void {
    for (const delivery of this.running) delivery.drain?.();
  }

  breakOff(failure: Failure): void {
    for (const delivery of this.running) delivery.breakOff(failure);
  }
}
