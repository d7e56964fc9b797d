/** Counting: nobody pays, so nothing is reserved. The provider's own counter is asked once; whatever it does instead, an estimate answers. */
import type { Counter } from '../endpoints/counters.ts';
import { servedBy } from '../endpoints/served-by.ts';
import { Failure } from '../failure/failure.ts';
import { signOf } from '../routing/fault.ts';
import { providerFor } from '../providers/provider-list.ts';
import { stagesFor } from '../routing/stages.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import { attempt } from './attempt.ts';
import { authenticate } from './authenticate.ts';
import type { Exchange } from './exchange.ts';
import { presentedKey } from './key-forms.ts';
import { currentPicture } from './picture.ts';
import { receive } from './receive.ts';
import type { Received } from './received.ts';
import { refuse } from './refuse.ts';
import type { Relay } from './relay.ts';
import type { Trial } from './trial.ts';

const estimated = ['x-relay-warnings', 'estimated_tokens'];

export async function countTokens(exchange: Exchange, { surface, answer }: Counter, relay: Relay): Promise<void> {
  const snapshot = currentPicture(relay);
  if (snapshot instanceof Failure) return refuse(exchange, snapshot, surface);
  const caller = authenticate(presentedKey(exchange.headers, exchange.query, surface.keyPlace), exchange, snapshot, relay.lookup);
  if (caller instanceof Failure) return refuse(exchange, caller, surface);
  const request = await receive(exchange, caller, surface, relay.uploads);
  if (request instanceof Failure) return refuse(exchange, request, surface);
  const stages = stagesFor(request.facts.model, caller, snapshot);
  if (stages instanceof Failure) return refuse(exchange, stages, surface);
  const channel = stages.flatMap((stage) => stage.channels).find((each) => { const provider = providerFor(each); return provider && servedBy(provider, surface); });
  const counted = channel && await askUpstream(exchange, request, channel, relay);
  if (exchange.signal.aborted) return;
  if (counted) return exchange.answer(200, 'application/json', counted);
  exchange.answer(200, 'application/json', JSON.stringify(answer(surface.estimateInput(request.body))), estimated);
}

/** The answer as it came; undefined: there is none that could be used. */
async function askUpstream(exchange: Exchange, request: Received, channel: Channel, relay: Relay): Promise<Buffer | undefined> {
  const trial: Trial = { index: 0, last: undefined, isTest: false, passBody: false, userId: 0 };
  const { result, credentialId, countsAs } = await attempt(exchange, request, channel, relay, trial);
  relay.health.ended(channel.id, credentialId, signOf(result, countsAs), relay.clock.monotonic());
  if (result instanceof Failure) return undefined;
  if (result.opening.complete) return Buffer.concat(result.opening.pieces);
  result.answer.cancel();
  return undefined;
}
