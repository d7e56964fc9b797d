/** How long the provider of a session may take (UPS-05). Between turns it may be silent: the user thinks. Looked at each few seconds. */
import { Failure } from '../failure/failure.ts';
import type { UpstreamTimeouts } from '../upstream/upstream.ts';

export class Patience {
  private readonly limits: UpstreamTimeouts;
  private askedAt: number | undefined;
  private begunAt: number | undefined;
  private heardAt = 0;
  private heldAt: number | undefined;

  constructor(limits: UpstreamTimeouts) { this.limits = limits; }

  /** The client wants an answer. */
  asked(now: number): void { this.askedAt ??= now; }

  /** The provider answers. */
  begun(now: number): void { this.begunAt = now; }

  /** Something came of it, or may come again after we made it wait. */
  heard(now: number): void {
    this.heardAt = now;
    this.askedAt = undefined;
  }

  /** The turn is over. */
  ended(): void { this.begunAt = undefined; }

  /** It does not read, so the client waits. */
  held(now: number): void { this.heldAt = now; }
  get isHeld(): boolean { return this.heldAt !== undefined; }
  released(): void { this.heldAt = undefined; }

  /** Failure: `upstream_timeout_first_byte`, `upstream_timeout_idle`. */
  fault(now: number): Failure | undefined {
    const { firstByteMs, silenceMs, totalMs } = this.limits;
    if (late(this.heldAt, silenceMs, now)) return new Failure('upstream_timeout_idle', { say: 'The provider does not keep up.' });
    if (late(this.askedAt, firstByteMs, now)) return new Failure('upstream_timeout_first_byte');
    if (this.begunAt !== undefined && late(this.heardAt, silenceMs, now)) return new Failure('upstream_timeout_idle');
    return late(this.begunAt, totalMs, now) ? new Failure('upstream_timeout_idle') : undefined;
  }
}

const late = (since: number | undefined, limitMs: number, now: number): boolean => since !== undefined && now - since > limitMs;
