/** Hands on one request body as it comes from the socket, as fast as its taker takes it, and drops senders that are too slow. */
import type { HttpResponse } from 'uWebSockets.js';
import { Failure } from '../failure/failure.ts';
import type { BodyTaker, Flow } from '../pipeline/exchange.ts';
import type { Seat } from '../trace/roster.ts';
import type { CoarseClock, Ticking } from './coarse-clock.ts';

/** RLY-06: bytes a second, averaged, that an honest sender reaches after the first ten seconds in which it might send. */
const leastRate = 16 * 1_024;
const graceMs = 10_000;

export class BodyFlow implements Ticking, Flow {
  private readonly response: HttpResponse;
  private readonly clock: CoarseClock;
  private readonly limitBytes: number;
  private readonly taker: BodyTaker;
  private readonly onOver: (received: boolean) => void;
  private bytes = 0;
  private openMs = 0;
  private countedAt: number;
  private paused = false;
  private over = false;
  private readonly seat: Seat<Ticking>;

  /** Called in the tick of the handler: uWebSockets.js drops what nobody waits for. */
  constructor(response: HttpResponse, clock: CoarseClock, limitBytes: number, taker: BodyTaker, onOver: (received: boolean) => void) {
    this.response = response;
    this.clock = clock;
    this.limitBytes = limitBytes;
    this.taker = taker;
    this.onOver = onOver;
    this.countedAt = clock.now;
    response.onData((chunk, last) => this.take(chunk, last));
    this.seat = clock.add(this);
  }

  pause(): void {
    if (this.over || this.paused) return;
    this.paused = true;
    this.response.pause();
  }

  resume(): void {
    if (this.over || !this.paused) return;
    this.paused = false;
    this.countedAt = this.clock.now;
    this.response.resume();
  }

  /** The exchange is about to end before its body did: nobody takes the rest, and it must not stand in the way of the next request. */
  stop(): void {
    this.resume();
    this.finish(false);
  }

  /** The client left: nothing more comes. */
  abandon(): void {
    if (this.over) return;
    this.finish(false);
    this.taker.onFailure(new Failure('client_gone'));
  }

  tick(now: number): void {
    if (!this.paused) this.openMs += now - this.countedAt;
    this.countedAt = now;
    if (this.openMs > graceMs && this.bytes < leastRate * (this.openMs / 1_000)) this.response.close();
  }

  private take(chunk: ArrayBuffer, last: boolean): void {
    if (this.over) return;
    this.bytes += chunk.byteLength;
    if (this.bytes > this.limitBytes) {
      this.finish(false);
      this.taker.onFailure(new Failure('read_request_body_failed'));
      return;
    }
    // Some pieces come after a pause was asked for, and the last one may be among them: the connection must not stay paused.
    if (last) {
      this.resume();
      this.finish(true);
    }
    // The bytes are uWebSockets.js' own and gone after this call.
    this.taker.onPiece(Buffer.from(new Uint8Array(chunk)), last);
  }

  private finish(received: boolean): void {
    if (this.over) return;
    this.over = true;
    this.clock.remove(this.seat);
    this.onOver(received);
  }
}
