/** How a relay goes without anyone losing an answer (RLY-15). */
import type { Server } from './edge/server.ts';
import { refuseDraining } from './app.ts';
import { Failure } from './failure/failure.ts';
import type { Relay } from './pipeline/relay.ts';

const lookMs = 50;

export class Drain {
  begun = false;
  private hurried = false;
  private readonly overlapMs: number;
  private readonly deadlineMs: number;

  /**
   * @param overlapMs new requests are still taken, each on its last connection, until load balancers have noticed
   * @param deadlineMs answers under way may take this long
   */
  constructor(overlapMs: number, deadlineMs: number) {
    this.overlapMs = overlapMs;
    this.deadlineMs = deadlineMs;
  }

  /** From now on nothing is waited for. */
  hurry(): void { this.hurried = true; }

  /** Resolves when no exchange is under way. */
  async run(server: Server, relay: Relay): Promise<void> {
    this.begun = true;
    server.close();
    await this.until(() => false, this.overlapMs);
    server.stopListening();
    relay.deliveries.drain();
    await this.until(() => server.exchanges.size === 0, this.deadlineMs);
    relay.deliveries.breakOff(new Failure('draining'));
    server.exchanges.each((exchange) => {
      refuseDraining(exchange);
      exchange.expire();
    });
    // What was cut off still settles: that takes a few turns of the loop, never longer.
    await new Promise((resolve) => { setTimeout(resolve, lookMs); });
  }

  private async until(done: () => boolean, withinMs: number): Promise<void> {
    for (let waitedMs = 0; waitedMs < withinMs && !done() && !this.hurried; waitedMs += lookMs) {
      await new Promise((resolve) => { setTimeout(resolve, Math.min(lookMs, withinMs)); });
    }
  }
}
