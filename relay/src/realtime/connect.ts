/** One try of a realtime session on one channel: the handshake with its upstream. Until it stands, another channel may be tried. */
import type { MessageSocket, UpstreamTimeouts } from '../upstream/upstream.ts';
import { Failure } from '../failure/failure.ts';
import { unsent, wasSent } from '../pipeline/attempt/attempt.ts';
import { prepare } from '../pipeline/attempt/prepared-call.ts';
import type { TryChannel } from '../pipeline/dispatch.ts';
import type { Exchange } from '../pipeline/exchange.ts';
import { readRetryAfter } from '../routing/cooldown.ts';
import { chooseCredential } from '../routing/credential.ts';
import { rulesOf } from '../routing/rules/channel-rules.ts';
import { wantsBeta } from './subprotocol.ts';

/** What a channel gave: where frames go, and under which name it knows the model. */
export interface Line { readonly socket: MessageSocket; readonly upstreamModel: string; readonly timeouts: UpstreamTimeouts }

export const connect: TryChannel<Line> = async (exchange, request, channel, relay, trial) => {
  const credential = chooseCredential(channel, { health: relay.health, turns: relay.turns, chance: relay.chance, now: relay.clock.monotonic() });
  if (credential instanceof Failure) return unsent(credential, 0);
  const call = prepare(exchange, request, { channel, credential, thoughts: relay.thoughts }, trial);
  if (call instanceof Failure) return unsent(call, credential.id);
  relay.health.begun(channel.id, credential.id, relay.clock.monotonic());
  const { target, upstreamModel, address } = call, told = { credentialId: credential.id, upstreamModel };
  const rules = rulesOf(channel), timeouts = { ...relay.timeouts, ...rules?.timeouts };
  const socket = await relay.upstream.connect({ ...address, headers: withBeta(call.headers, exchange, upstreamModel), timeouts, proxy: channel.proxy }, exchange.signal);
  if (socket instanceof Failure) return { result: socket, ...told, status: 0, countsAs: 0, dispatched: wasSent(socket) };
  if (!('body' in socket)) return { result: { socket, upstreamModel, timeouts }, ...told, status: 101, countsAs: 101, dispatched: true };
  const { status, body, retryAfter } = socket;
  const seconds = readRetryAfter(retryAfter, relay.clock.now());
  if (seconds !== undefined) relay.health.cooldown.rest(credential.id, seconds, relay.clock.monotonic());
  // A success that is no WebSocket is none.
  const counts = status < 300 ? 502 : rules?.statuses.get(status) ?? status, usual = target.dialect.readFailure(counts, body);
  return { result: target.provider.readFailure?.(counts, body, usual) ?? usual, ...told, status, countsAs: counts, dispatched: true };
};

/** Only preview models know the header; others refuse it (providers 7.6). */
function withBeta(headers: readonly string[], { headers: client }: Pick<Exchange, 'headers'>, model: string): readonly string[] {
  return model.includes('-realtime-preview') && wantsBeta(client.webSocketProtocol, client.passed('openai-beta')) ? [...headers, 'openai-beta', 'realtime=v1'] : headers;
}
