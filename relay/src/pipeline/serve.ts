/** The life of a request from a caller who is known: what is asked, who serves it, what it may cost, and its answer. */
import type { Surface } from '../dialects/dialect.ts';
import { stagesOf } from '../endpoints/platform.ts';
import { Failure } from '../failure/failure.ts';
import { stagesFor, type Stage } from '../routing/stages.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Story } from '../trace/story.ts';
import { attempt } from './attempt/attempt.ts';
import type { OpenAnswer } from './attempt/open-answer.ts';
import { houseOf } from './attempt/upstream-call.ts';
import { ableStages } from './able-channels.ts';
import type { Admitted, Understood } from './admitted.ts';
import { admit, identity } from './entry/admit.ts';
import type { Caller } from './entry/authenticate.ts';
import { guardedRequest } from './entry/guarded-request.ts';
import { deliver } from './delivery/deliver.ts';
import { dispatch } from './dispatch.ts';
import type { Exchange } from './exchange.ts';
import { modelRefusal, receive } from './entry/receive.ts';
import { refuse } from './entry/refuse.ts';
import type { Relay } from './relay.ts';
import { refusedEnding, settle } from './delivery/settle.ts';

export interface Visitor {
  readonly exchange: Exchange;
  readonly dialect: Surface;
  /** In whose words it is turned away before anybody knows what it asks. */
  readonly refusing: Surface;
  readonly snapshot: Snapshot;
  readonly caller: Caller;
  readonly story: Story;
  /** Only channels of it may serve; undefined: any. */
  readonly platform: string | undefined;
}

/** @returns whether an answer was delivered, and not a refusal */
export async function answerTo({ exchange, dialect, refusing, snapshot, caller, story, platform }: Visitor, relay: Relay): Promise<boolean> {
  const received = await receive(exchange, caller, dialect, relay.uploads);
  if (received instanceof Failure) {
    const found = unserved(received, caller, snapshot) ?? received;
    return refused(exchange, found, found.code === 'access_denied' || found.code === 'model_not_found' ? refusing : dialect, story);
  }
  story.passed('receive');
  const serving = stagesFor(received.facts.model, caller, snapshot);
  const stages = serving instanceof Failure ? serving : ableStages(platform === undefined ? serving : stagesOf(serving, platform), dialect);
  const known: Understood = { exchange, snapshot, caller: servedIn(caller, stages), request: received, story };
  if (stages instanceof Failure) return turnAway(stages, known, relay, refusing);

  const request = guardedRequest(received, exchange, snapshot);
  if (request instanceof Failure) return turnAway(request, known, relay);
  const understood = request === received ? known : { ...known, request };
  const admission = admit(understood, stages);
  if (admission instanceof Failure) return turnAway(admission, understood, relay);
  story.passed('admit');

  // From here to the end of `serve` the user has one more under way.
  const busy = relay.admission.enter(admission.userId), reservation = busy ?? await relay.desk.reserve(admission);
  if (reservation instanceof Failure) {
    if (!busy) relay.admission.leave(admission.userId);
    request.upload?.close();
    return refused(exchange, reservation, dialect, story);
  }
  story.passed('reserve');
  // Returned and not awaited: what stands here would otherwise stay in memory as long as the answer streams.
  return serve({ exchange, snapshot, caller: known.caller, request, story, stages, admission, reservation }, relay);
}

/** Of a request that is not valid: that its model could not be had anyway. */
function unserved({ details: { model } }: Failure, caller: Caller, snapshot: Snapshot): Failure | undefined {
  if (model === undefined) return undefined;
  const stages = modelRefusal(caller, model) ?? stagesFor(model, caller, snapshot);
  return stages instanceof Failure ? stages : undefined;
}

/** No answer was delivered. */
function refused(...refusal: Parameters<typeof refuse>): false {
  refuse(...refusal);
  return false;
}

/** With the group `auto`: as a caller of the first group that can serve. */
const servedIn = (caller: Caller, stages: readonly Stage[] | Failure): Caller =>
  (stages instanceof Failure || stages[0]!.group === caller.group ? caller : { ...caller, group: stages[0]!.group });

/** From the reservation on: whatever happens, it ends in exactly one outcome (LED-07). */
async function serve(admitted: Admitted, relay: Relay): Promise<boolean> {
  const { exchange, request, reservation, story } = admitted;
  try {
    const way = await dispatch(attempt, admitted, relay);
    story.passed('dispatch');
    if (way.result instanceof Failure) {
      settle(admitted, way, undefined, relay.clock.now());
      return refused(exchange, way.result, request.dialect, story);
    }
    // A whole answer is in the books before its client gets any of it; of all others a crash must know that they began.
    if (way.result.stream || !way.result.opening.complete) reservation.answered({ channelId: way.channelId, upstreamModel: way.upstreamModel, servedBy: way.group });
    request.release();
    if (way.result.responseId !== undefined) relay.pins.keep(admitted.caller.user.id, way.result.responseId, way.channelId);
    const delivering = deliver(admitted, way.result, relay), delivery = delivering instanceof Promise ? await delivering : delivering;
    story.passed('deliver');
    settle(admitted, way, delivery, relay.clock.now());
    remember(way.result, relay);
    if (!delivery.broken && !delivery.failure && !delivery.clientGone) way.bond?.keep(way.channelId);
    if (delivery.broken) relay.health.ended(way.channelId, way.attempts.at(-1)?.credentialId ?? 0, 'channel', relay.clock.monotonic());
    if (delivery.failure) return refused(exchange, delivery.failure, request.dialect, story);
    if (!delivery.send) return true;
    await reservation.kept();
    if (!exchange.signal.aborted) delivery.send();
    return true;
  } finally {
    request.upload?.close();
    relay.admission.leave(admitted.admission.userId);
    reservation.release(refusedEnding(new Failure('internal'), relay.clock.now()));  // does nothing once settled
  }
}

/** Who signed what went to the client as it came: it may come back to another house. */
function remember({ target, opening }: OpenAnswer, { thoughts }: Relay): void {
  const { signatures } = opening;
  if (target.passThrough && signatures.length > 0) thoughts.signatures.note(houseOf(target), signatures);
}

/** The operator sees in the log what is asked for and not served. */
function turnAway(failure: Failure, understood: Understood, relay: Relay, dialect: Surface = understood.request.dialect): false {
  const { exchange, request, story } = understood;
  request.upload?.close();
  relay.desk.note(identity(understood), refusedEnding(failure, relay.clock.now()));
  return refused(exchange, failure, dialect, story);
}
