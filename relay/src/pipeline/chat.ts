/** The life of a chat request, from top to bottom. Both client dialects run through it. */
import type { Dialect } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import type { Admission, Reservation } from '../quota/reservation.ts';
import { candidates } from '../routing/candidates.ts';
import type { Channel, Snapshot } from '../snapshot/snapshot.ts';
import { admit, identity } from './admit.ts';
import { authenticate, type Caller } from './authenticate.ts';
import { deliver } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import type { Exchange } from './exchange.ts';
import { presentedKey } from './key-forms.ts';
import { currentPicture } from './picture.ts';
import { receive, type Received } from './receive.ts';
import { refuse } from './refuse.ts';
import type { Relay } from './relay.ts';
import { refusedEnding, settle } from './settle.ts';

export async function chat(exchange: Exchange, dialect: Dialect, relay: Relay): Promise<void> {
  if (relay.snapshots.settling) await afterPause(exchange, relay.snapshots.settling);
  const snapshot = currentPicture(relay);                // once: one request sees one picture
  if (snapshot instanceof Failure) return refuse(exchange, snapshot, dialect);

  const key = presentedKey(exchange.headers, exchange.query, dialect.name === 'anthropic-messages' ? 'api-key' : 'authorization');
  const caller = authenticate(key, () => exchange.clientAddress, snapshot, relay.lookup, exchange.startedAt);
  if (caller instanceof Failure) return refuse(exchange, caller, dialect);

  const request = await receive(exchange, caller, dialect);
  if (request instanceof Failure) return refuse(exchange, request, dialect);

  const channels = candidates(request.facts.model, caller.group.name, caller.pinned, snapshot);
  if (channels instanceof Failure) return turnAway(exchange, channels, request, caller, snapshot, relay);

  const admission = admit(exchange, request, caller, snapshot);
  if (admission instanceof Failure) return turnAway(exchange, admission, request, caller, snapshot, relay);

  const reservation = await relay.desk.reserve(admission);
  if (reservation instanceof Failure) return refuse(exchange, reservation, dialect);
  await serve(exchange, request, channels, caller, snapshot, admission, reservation, relay);
}

/** The process stood still: the body is read meanwhile, as sockets do not wait for us. */
async function afterPause(exchange: Exchange, settling: Promise<void>): Promise<void> {
  void exchange.readBody();
  await settling;
}

/** From the reservation on: whatever happens, it ends in exactly one outcome (LED-07). */
async function serve(
  exchange: Exchange, request: Received, channels: readonly Channel[], caller: Caller, snapshot: Snapshot, admission: Admission, reservation: Reservation, relay: Relay,
): Promise<void> {
  try {
    const way = await dispatch(exchange, request, channels, caller, snapshot, relay);
    if (way.result instanceof Failure) {
      settle(reservation, exchange, admission, way, undefined, relay.clock.now(), null);
      return refuse(exchange, way.result, request.dialect);
    }
    reservation.answered();
    const firstByteMs = relay.clock.now() - exchange.startedAt;
    const delivery = await deliver(exchange, way.result, request, reservation, admission.estimatedInput, relay);
    settle(reservation, exchange, admission, way, delivery, relay.clock.now(), firstByteMs);
    if (delivery.failure) refuse(exchange, delivery.failure, request.dialect);
  } finally {
    reservation.release(refusedEnding(new Failure('internal'), relay.clock.now()));  // does nothing once settled
  }
}

/** The operator sees in the log what is asked for and not served. */
function turnAway(exchange: Exchange, failure: Failure, request: Received, caller: Caller, snapshot: Snapshot, relay: Relay): void {
  relay.desk.note(identity(exchange, request, caller, snapshot), refusedEnding(failure, relay.clock.now()));
  refuse(exchange, failure, request.dialect);
}
