/** The money of a session: each turn has a reservation and a charge of its own, and the next begins only when it can be paid. */
import type { UsageSource, UsageTokens, StreamEnd } from '../gql/types.gen.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { Failure } from '../failure/failure.ts';
import { admit } from '../pipeline/entry/admit.ts';
import type { Admitted } from '../pipeline/admitted.ts';
import { authenticate, type Caller } from '../pipeline/entry/authenticate.ts';
import type { Dispatched } from '../pipeline/dispatch.ts';
import type { PresentedKey } from '../pipeline/entry/key-forms.ts';
import { currentPicture } from '../pipeline/entry/picture.ts';
import { modelRefusal } from '../pipeline/entry/receive.ts';
import { limitOf } from '../pipeline/entry/within-limit.ts';
import type { Relay } from '../pipeline/relay.ts';
import type { Admission, Ending, Reservation } from '../quota/reservation.ts';
import { allowedBody } from '../routing/sensitive-words.ts';

export class Turns {
  private readonly admitted: Admitted;
  private readonly way: Dispatched<unknown>;
  private readonly key: PresentedKey;
  private readonly relay: Relay;
  private admission: Admission;
  private reservation: Reservation | undefined;
  private count = 1;

  /** @param admitted with the reservation of the first turn */
  constructor(admitted: Admitted, way: Dispatched<unknown>, key: PresentedKey, relay: Relay) {
    this.admitted = admitted;
    this.way = way;
    this.key = key;
    this.relay = relay;
    this.admission = admitted.admission;
    this.reservation = admitted.reservation;
  }

  /** The caller as the present picture has it. Failures: those of `authenticate`, `access_denied` for the model, `config_stale`. */
  recheck(): Caller | Failure {
    const snapshot = currentPicture(this.relay);
    if (snapshot instanceof Failure) return snapshot;

    const caller = authenticate(this.key, { startedAt: this.relay.clock.now(), clientAddress: this.admission.clientAddress }, snapshot, this.relay.lookup);
    return caller instanceof Failure ? caller : modelRefusal(caller, this.admission.model) ?? caller;
  }

  /** The frame, or what of it may go on. Failure: `sensitive_words_detected`, by the words of now. */
  allowed(frame: Buffer): Buffer | Failure {
    const guards = this.relay.snapshots.current()?.settings.guards;
    return guards ? allowedBody(frame, guards) : frame;
  }

  /** The provider began to answer: from here on a crash charges at least the estimate. */
  answered(): void {
    const { channelId, upstreamModel, group } = this.way;
    this.reservation?.answered({ channelId, upstreamModel, servedBy: group });
  }

  /** A turn is a request of its user (semantics 12); the first one was counted with the session. Failure: `rate_limit_exceeded`. */
  async counted(): Promise<Failure | undefined> {
    const snapshot = this.count === 1 ? undefined : this.relay.snapshots.current(), limit = snapshot && limitOf(snapshot, this.admitted.caller);
    const grant = limit && await this.relay.limits.ask(this.admission.userId, limit);
    return grant instanceof Failure ? grant : undefined;
  }

  checkpoint(tokens: UsageTokens): void { this.reservation?.checkpoint({ tokens }); }

  /** Charges the turn. Resolves when that survives the process. */
  async charge(tokens: UsageTokens, source: UsageSource, end: StreamEnd, failure: string | null = null): Promise<void> {
    const { reservation } = this;
    this.reservation = undefined;
    reservation?.settle(this.ending(tokens, source, end, failure));
    await reservation?.kept();
  }

  /** The turn was not used. */
  release(end: StreamEnd, failure: string | null = null): void {
    this.reservation?.release(this.ending(noTokens, 'NONE', end, failure));
    this.reservation = undefined;
  }

  /** Begins the next turn. Failures: those of `recheck`, `admit` and `reserve`. */
  async next(): Promise<Failure | undefined> {
    const caller = this.recheck(), snapshot = currentPicture(this.relay);
    if (caller instanceof Failure) return caller;
    if (snapshot instanceof Failure) return snapshot;
    const { stages } = this.admitted;
    const admission = admit({ ...this.admitted, caller: { ...caller, group: this.admitted.caller.group }, snapshot }, stages);
    if (admission instanceof Failure) return admission;
    this.count++;
    this.admission = { ...admission, clientAddress: this.admission.clientAddress, chargeId: `${this.admitted.exchange.id}.${this.count}`, startedAt: this.relay.clock.now() };
    const reservation = await this.relay.desk.reserve(this.admission);
    if (reservation instanceof Failure) return reservation;
    this.reservation = reservation;
    return undefined;
  }

  private ending(tokens: UsageTokens, source: UsageSource, end: StreamEnd, failure: string | null): Ending {
    const { channelId, upstreamModel, attempts, group } = this.way;
    return {
      endedAt: this.relay.clock.now(), channelId, upstreamModel, attempts: this.count === 1 ? attempts : attempts.slice(-1), status: 200, failure,
      end, firstByteMs: null, tokens, source, servedBy: group,
    };
  }
}
