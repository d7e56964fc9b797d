/** The life of a realtime session up to its first frame: everything that can be refused is refused before the upgrade (RLY-10). */
import { Failure } from '../failure/failure.ts';
import { ableStages } from '../pipeline/able-channels.ts';
import type { Admitted } from '../pipeline/admitted.ts';
import { admit } from '../pipeline/entry/admit.ts';
import { authenticate, type Caller } from '../pipeline/entry/authenticate.ts';
import { dispatch } from '../pipeline/dispatch.ts';
import type { Exchange } from '../pipeline/exchange.ts';
import { loopFault } from '../pipeline/entry/hops.ts';
import { type PresentedKey, splitKey } from '../pipeline/entry/key-forms.ts';
import { currentPicture } from '../pipeline/entry/picture.ts';
import { modelRefusal } from '../pipeline/entry/receive.ts';
import { Received } from '../pipeline/entry/received.ts';
import { refuse } from '../pipeline/entry/refuse.ts';
import type { Relay } from '../pipeline/relay.ts';
import { refusedEnding, settle } from '../pipeline/delivery/settle.ts';
import { limitOf, withinLimit } from '../pipeline/entry/within-limit.ts';
import { stagesFor } from '../routing/stages.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Story } from '../trace/story.ts';
import { connect } from './connect.ts';
import { Session } from './session.ts';
import { chosenProtocol, offeredKey } from './subprotocol.ts';
import { realtimeSurface as surface } from './surface.ts';
import { Turns } from './turns.ts';

const noBody = Buffer.from('{}');

export async function realtime(exchange: Exchange, relay: Relay): Promise<void> {
  if (relay.snapshots.settling) await relay.snapshots.settling;
  const visit = whoAsks(exchange, relay);
  if (visit instanceof Failure) return refuse(exchange, visit, surface);
  const { snapshot, caller } = visit, limit = limitOf(snapshot, caller);
  if (!limit) { await serve(visit, relay); return; }
  // It counts as a request with its first turn; each turn behind that counts itself.
  const full = await withinLimit(caller, limit, relay, () => serve(visit, relay));
  if (full) refuse(exchange, full, surface);
}

interface Visit { readonly exchange: Exchange; readonly key: PresentedKey; readonly snapshot: Snapshot; readonly caller: Caller; readonly story: Story }

/** Failures: of a loop and of a relay that is busy, `config_stale`, those of `authenticate`, `invalid_request` without an upgrade. */
function whoAsks(exchange: Exchange, relay: Relay): Visit | Failure {
  const story = relay.stories.begin(exchange.id, exchange.startedAt), turned = loopFault(exchange.headers) ?? relay.admission.refusal();
  if (turned) return turned;
  const snapshot = currentPicture(relay);
  if (snapshot instanceof Failure) return snapshot;
  const key = splitKey(offeredKey(exchange.headers.webSocketProtocol) || exchange.headers.authorization);
  const caller = authenticate(key, exchange, snapshot, relay.lookup);
  if (caller instanceof Failure) return caller;
  story.passed('authenticate');
  if (!exchange.wantsSocket) return new Failure('invalid_request', { say: 'This address takes upgrades to a WebSocket only.' });
  return { exchange, key, snapshot, caller, story };
}

/** @returns whether there was a session */
async function serve(visit: Visit, relay: Relay): Promise<boolean> {
  const { exchange, key, story } = visit, admitted = await admitSession(visit, relay);
  if (admitted instanceof Failure) { refuse(exchange, admitted, surface); return false; }
  const { reservation } = admitted;
  try {
    const way = await dispatch(connect, admitted, relay);
    story.passed('dispatch');
    if (way.result instanceof Failure) {
      settle(admitted, way, undefined, relay.clock.now());
      refuse(exchange, way.result, surface, story);
      return false;
    }
    const line = way.result, client = exchange.upgrade(chosenProtocol(exchange.headers.webSocketProtocol));
    if (!client) { line.socket.close(1_001, 'the client left'); return false; }
    await new Promise<void>((resolve) => {
      const session = new Session({ id: exchange.id, client, line, turns: new Turns(admitted, way, key, relay), wheel: relay.wheel, onOver: () => { relay.deliveries.remove(seat); resolve(); } });
      const seat = relay.deliveries.add(session);
      session.start();
    });
    return true;
  } finally {
    relay.admission.leave(admitted.admission.userId);
    reservation.release(refusedEnding(new Failure('client_gone'), relay.clock.now()));   // does nothing once the first turn has ended
  }
}

/** Model, channels, price and money, in the order of every other request. */
async function admitSession({ exchange, snapshot, caller, story }: Visit, relay: Relay): Promise<Admitted | Failure> {
  const facts = surface.scan(noBody, exchange);
  if (facts instanceof Failure) return facts;
  const refused = modelRefusal(caller, facts.model);
  if (refused) return refused;
  const serving = stagesFor(facts.model, caller, snapshot);
  const stages = serving instanceof Failure ? serving : ableStages(serving, surface);
  if (stages instanceof Failure) return stages;
  const understood = { exchange, snapshot, caller: { ...caller, group: stages[0]!.group }, request: new Received(surface, { ...facts, unnamed: false }, noBody), story };
  const admission = admit(understood, stages);
  if (admission instanceof Failure) return admission;
  const busy = relay.admission.enter(admission.userId);
  if (busy) return busy;
  const reservation = await relay.desk.reserve(admission);
  if (reservation instanceof Failure) {
    relay.admission.leave(admission.userId);
    return reservation;
  }
  story.passed('reserve');
  return { ...understood, stages, admission, reservation };
}
