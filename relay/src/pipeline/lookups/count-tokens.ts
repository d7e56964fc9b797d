/** Counting: nobody pays, so nothing is reserved. The provider's own counter is asked once; whatever it does instead, an estimate answers. */
import type { Counter } from '../../endpoints/counters.ts';
import { servedBy } from '../../endpoints/served-by.ts';
import { Failure } from '../../failure/failure.ts';
import { signOf } from '../../routing/fault.ts';
import { providerFor } from '../../providers/provider-list.ts';
import type { ModelSettings } from '../../models/model-settings.ts';
import { stagesFor } from '../../routing/stages.ts';
import type { Channel, Snapshot } from '../../snapshot/snapshot.ts';
import { attempt } from '../attempt/attempt.ts';
import { authenticate, type Caller } from '../entry/authenticate.ts';
import type { Exchange } from '../exchange.ts';
import { loopFault } from '../entry/hops.ts';
import { presentedKey } from '../entry/key-forms.ts';
import { currentPicture } from '../entry/picture.ts';
import { guardedRequest } from '../entry/guarded-request.ts';
import { receive } from '../entry/receive.ts';
import type { Received } from '../entry/received.ts';
import { refuse } from '../entry/refuse.ts';
import type { Relay } from '../relay.ts';
import type { Trial } from '../attempt/trial.ts';
import { limitOf, withinLimit } from '../entry/within-limit.ts';

const estimated = ['x-relay-warnings', 'estimated_tokens'];

export async function countTokens(exchange: Exchange, counter: Counter, relay: Relay): Promise<void> {
  const { surface } = counter, turned = loopFault(exchange.headers) ?? relay.admission.refusal();
  if (turned) return refuse(exchange, turned, surface);
  const snapshot = currentPicture(relay);
  if (snapshot instanceof Failure) return refuse(exchange, snapshot, surface);
  const caller = authenticate(presentedKey(exchange.headers, exchange.query, surface.keyPlace), exchange, snapshot, relay.lookup);
  if (caller instanceof Failure) return refuse(exchange, caller, surface);
  const asked: Asked = { exchange, counter, snapshot, caller }, limit = limitOf(snapshot, caller);
  const serve = async (): Promise<boolean> => {
    const refused = await count(asked, relay);
    if (refused) refuse(exchange, refused, surface);
    return !refused;
  };
  if (!limit) { await serve(); return; }
  exchange.keepBody();
  const full = await withinLimit(caller, limit, relay, serve);
  if (full) refuse(exchange, full, surface);
}

interface Asked { readonly exchange: Exchange; readonly counter: Counter; readonly snapshot: Snapshot; readonly caller: Caller }

/** Answers, unless it is refused: then with why. */
async function count({ exchange, counter: { surface, answer }, snapshot, caller }: Asked, relay: Relay): Promise<Failure | undefined> {
  const received = await receive(exchange, caller, surface, relay.uploads);
  if (received instanceof Failure) return received;
  const stages = stagesFor(received.facts.model, caller, snapshot);
  if (stages instanceof Failure) return stages;
  const request = guardedRequest(received, exchange, snapshot);
  if (request instanceof Failure) return request;
  const channel = stages.flatMap((stage) => stage.channels).find((each) => { const provider = providerFor(each); return provider && servedBy(provider, surface); });
  const counted = channel && await askUpstream(exchange, request, { channel, models: snapshot.models }, relay);
  if (exchange.signal.aborted) return undefined;
  if (counted) exchange.answer(200, 'application/json', counted);
  else exchange.answer(200, 'application/json', JSON.stringify(answer(surface.estimateInput(request.body))), estimated);
  return undefined;
}

/** The answer in the words of the client; undefined: there is none that could be used. */
async function askUpstream(exchange: Exchange, request: Received, { channel, models }: { channel: Channel; models: ModelSettings }, relay: Relay): Promise<Buffer | undefined> {
  const trial: Trial = { index: 0, last: undefined, isTest: false, passBody: false, userId: 0, models };
  const { result, credentialId, countsAs } = await attempt(exchange, request, channel, relay, trial);
  relay.health.ended(channel.id, credentialId, signOf(result, countsAs), relay.clock.monotonic());
  if (result instanceof Failure) return undefined;
  if (!result.opening.complete) { result.answer.cancel(); return undefined; }
  const body = Buffer.concat(result.opening.pieces), read = result.readAnswer?.(body);
  return read instanceof Failure ? undefined : read?.bytes ?? body;
}
