/** Tests a channel for its operator: a small request, on the same way that traffic takes, charged to nobody. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../failure/failure.ts';
import { signOf } from '../../routing/fault.ts';
import type { ChannelProbe } from '../../gql/types.gen.ts';
import type { Prober } from '../../link/link.ts';
import { providerFor } from '../../providers/provider-list.ts';
import { cleaned } from '../../dialects/upstream-refusal.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { Signal } from '../../upstream/signal.ts';
import { attempt } from '../attempt/attempt.ts';
import type { RequestHeaders } from '../exchange.ts';
import { Received } from '../entry/received.ts';
import type { Relay } from '../relay.ts';
import type { Trial } from '../attempt/trial.ts';
import { testRequest } from './test-request.ts';

const noHeaders: RequestHeaders = {
  acceptLanguage: '',
  authorization: '', apiKey: '', googApiKey: '', midjourneySecret: '', webSocketProtocol: '', anthropicVersion: '', contentEncoding: '', contentType: '', clientRequestId: '', forwardedFor: '', hops: 0,
  hasPassed: false, passed: () => '', all: new Map(),
};

const test: Omit<Trial, 'models'> = { index: 0, last: undefined, userId: 0, isTest: true, passBody: false };

/** Nobody waits longer for a test. */
const patienceMs = 30_000;

/** For a picture that is on its way: what was saved a moment ago is tested as it was saved. */
const pictureMs = 3_000, lookEachMs = 20;

export const prober = (relay: Relay): Prober => async (probe) => {
  await arrival(probe, relay);
  const begunAt = relay.clock.monotonic();
  const { failure, status } = await tryChannel(probe, relay);
  const durationMs = Math.round(relay.clock.monotonic() - begunAt);
  if (!failure) return { ok: true, durationMs, status };
  return { ok: false, durationMs, status: status || null, failure: failure.code, detail: cleaned(failure.details.note ?? failure.say).slice(0, 500) };
};

async function arrival({ version }: ChannelProbe, { snapshots }: Relay): Promise<void> {
  const isOld = () => (snapshots.current()?.version ?? 0) < (version ?? 0);
  for (let waitedMs = 0; isOld() && waitedMs < pictureMs; waitedMs += lookEachMs) await sleep(lookEachMs);
}

async function tryChannel(probe: ChannelProbe, relay: Relay): Promise<{ failure: Failure | undefined; status: number }> {
  const snapshot = relay.snapshots.current(), channel = snapshot?.channel(probe.channelId);
  const provider = channel && providerFor(channel);
  if (!snapshot || !channel || !provider) return { failure: new Failure('model_not_found', { note: 'This relay does not know the channel yet.' }), status: 0 };
  const { surface, path, body } = testRequest(probe.endpoint ?? 'OPENAI', modelFor(probe, channel)), facts = surface.scan(body, { path, query: '' });
  if (facts instanceof Failure) return { failure: facts, status: 0 };
  const signal = new Signal();
  const timer = setTimeout(() => signal.abort(), patienceMs);
  const { result, status, credentialId, countsAs } = await attempt({ id: `probe-${probe.nonce}`, signal, headers: noHeaders, path, query: '' }, new Received(surface, facts, body), channel, relay, { ...test, models: snapshot.models });
  clearTimeout(timer);
  // A good test ends a rest: that is what the operator wants to know.
  relay.health.ended(channel.id, credentialId, signal.aborted ? 'channel' : signOf(result, countsAs), relay.clock.monotonic());
  if (result instanceof Failure) return { failure: signal.aborted ? new Failure('upstream_timeout_first_byte') : result, status };
  result.answer.cancel();
  return { failure: undefined, status };
}

/** semantics 3.4: the model that was asked for, else the one that the channel names for tests, else its first. */
const modelFor = (probe: ChannelProbe, channel: NonNullable<ReturnType<Snapshot['channel']>>): string =>
  probe.model || channel.testModel || channel.models[0] || 'gpt-4o-mini';
