/** Collects one request body from the socket, up to a limit, and drops senders that are too slow. */
import type { HttpResponse } from 'uWebSockets.js';
import { Failure } from '../failure/failure.ts';
import type { Seat } from '../trace/roster.ts';
import type { CoarseClock, Ticking } from './coarse-clock.ts';

/** RLY-06: bytes a second, averaged, that an honest sender reaches after the first ten seconds. */
const leastRate = 16 * 1_024;
const graceMs = 10_000;

const nothing = Buffer.alloc(0);

export class BodyIntake implements Ticking {
  private readonly response: HttpResponse;
  private readonly clock: CoarseClock;
  private readonly limitBytes: number;
  private readonly done: (body: Buffer | Failure) => void;
  private readonly startedAt: number;
  private pieces: Buffer[] | undefined;
  private bytes = 0;
  private seat: Seat<Ticking> | undefined;
  private over = false;

  /** Called in the tick of the handler: uWebSockets.js drops what nobody waits for. */
  constructor(response: HttpResponse, clock: CoarseClock, limitBytes: number, done: (body: Buffer | Failure) => void) {
    this.response = response;
    this.clock = clock;
    this.limitBytes = limitBytes;
    this.done = done;
    this.startedAt = clock.now;
    response.onData((chunk, last) => this.take(chunk, last));
  }

  /** The client left: nothing more comes. */
  abandon(): void { this.finish(new Failure('client_gone')); }

  tick(now: number): void {
    const elapsed = now - this.startedAt;
    if (elapsed > graceMs && this.bytes < leastRate * (elapsed / 1_000)) this.response.close();
  }

  private take(chunk: ArrayBuffer, last: boolean): void {
    if (this.over) return;
    this.bytes += chunk.byteLength;
    if (this.bytes > this.limitBytes) { this.finish(new Failure('read_request_body_failed')); return; }
    // The bytes are uWebSockets.js' own and gone after this call.
    const copy = chunk.byteLength > 0 ? Buffer.from(new Uint8Array(chunk)) : nothing;
    if (last) { this.finish(this.pieces ? Buffer.concat([...this.pieces, copy], this.bytes) : copy); return; }
    (this.pieces ??= []).push(copy);
    this.seat ??= this.clock.add(this);
  }

  private finish(body: Buffer | Failure): void {
    if (this.over) return;
    this.over = true;
    this.pieces = undefined;
    if (this.seat) this.clock.remove(this.seat);
    this.done(body);
  }
}
