/** How long the provider of a session may take (UPS-05). Between turns it may be silent: the user thinks. */
import { Failure } from '../failure/failure.ts';
import { Timed, type TimerWheel } from '../trace/timer-wheel.ts';
import type { UpstreamTimeouts } from '../upstream/upstream.ts';

interface Limit { readonly at: number; readonly failure: () => Failure }

/** Armed only while something is waited for: a silent session costs the wheel nothing. */
export class Patience extends Timed {
  private readonly limits: UpstreamTimeouts;
  private readonly wheel: TimerWheel;
  private readonly onLate: (failure: Failure) => void;
  private askedAt: number | undefined;
  private begunAt: number | undefined;
  private heardAt = 0;
  private heldAt: number | undefined;
  private excused = false;
  private resting = false;

  /** @param onLate is given `upstream_timeout_first_byte` or `upstream_timeout_idle`, and nothing is looked at after that */
  constructor(limits: UpstreamTimeouts, wheel: TimerWheel, onLate: (failure: Failure) => void) {
    super();
    this.limits = limits;
    this.wheel = wheel;
    this.onLate = onLate;
  }

  /** The client wants an answer. */
  asked(): void {
    if (this.askedAt !== undefined) return;
    this.askedAt = this.wheel.now;
    this.watch();
  }

  /** The provider answers. */
  begun(): void {
    this.begunAt = this.wheel.now;
    this.watch();
  }

  /** Something came of it. The entry in the wheel stays where it is: it asks for what is left. */
  heard(): void {
    this.heardAt = this.wheel.now;
    this.askedAt = undefined;
  }

  /** The turn is over and being paid: nobody is waited for. */
  rest(): void {
    this.resting = true;
    this.begunAt = undefined;
    this.wheel.disarm(this);
  }

  /** The next turn may begin: whoever was waited for gets the whole time anew. */
  resume(): void {
    const { now } = this.wheel;
    this.resting = false;
    if (this.askedAt !== undefined) this.askedAt = now;
    if (this.heldAt !== undefined) this.heldAt = now;
    this.watch();
  }

  /** Its silence is ours: the client does not read, so we do not read either. */
  excuse(): void { this.excused = true; }

  unexcuse(): void {
    this.excused = false;
    this.heardAt = this.wheel.now;
    this.watch();
  }

  /** It does not read, so the client waits. */
  held(): void {
    this.heldAt = this.wheel.now;
    this.watch();
  }
  get isHeld(): boolean { return this.heldAt !== undefined; }
  released(): void { this.heldAt = undefined; }

  onTime(now: number): number {
    const next = this.next();
    if (!next) return 0;
    if (now < next.at) return next.at - now;
    this.onLate(next.failure());
    return 0;
  }

  private watch(): void {
    const next = this.resting ? undefined : this.next();
    if (next) this.wheel.arm(this, next.at - this.wheel.now);
  }

  /** What runs out first of all that is waited for. */
  private next(): Limit | undefined {
    const { firstByteMs, silenceMs, totalMs } = this.limits;
    let next = sooner(undefined, this.heldAt, silenceMs, notReading);
    next = sooner(next, this.askedAt, firstByteMs, notBegun);
    if (!this.excused) next = sooner(next, this.begunAt === undefined ? undefined : this.heardAt, silenceMs, silent);
    return sooner(next, this.begunAt, totalMs, silent);
  }
}

const notReading = (): Failure => new Failure('upstream_timeout_idle', { say: 'The provider does not keep up.' });
const notBegun = (): Failure => new Failure('upstream_timeout_first_byte');
const silent = (): Failure => new Failure('upstream_timeout_idle');

function sooner(known: Limit | undefined, since: number | undefined, ms: number, failure: () => Failure): Limit | undefined {
  if (since === undefined || (known && known.at <= since + ms)) return known;
  return { at: since + ms, failure };
}
