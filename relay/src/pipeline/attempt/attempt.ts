/** One try of an exchange on one channel, up to the point where its answer is worth delivering. */
import { isDialect } from '../../dialects/dialect.ts';
import type { OverSocket } from '../../endpoints/over-socket.ts';
import type { ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { readRetryAfter } from '../../routing/cooldown.ts';
import { chooseCredential } from '../../routing/credential.ts';
import { rulesOf } from '../../routing/rules/channel-rules.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import { crashPoint } from '../../trace/crash-point.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamAnswer, UpstreamRequest } from '../../upstream/upstream.ts';
import type { Received } from '../entry/received.ts';
import type { Exchange } from '../exchange.ts';
import type { Relay } from '../relay.ts';
import { fetchMedia } from './fetched-media.ts';
import { finished, mayBeUnfinished } from './finished-answer.ts';
import { inJson } from './form-as-json.ts';
import { laidOut, wantsMore } from './laid-out.ts';
import { wantedOf } from './model-way.ts';
import { isJson, type OpenAnswer, openAnswer } from './open-answer.ts';
import { type Call, prepare } from './prepared-call.ts';
import { readRefusal } from './refusal-body.ts';
import { openSigned } from './signed-call.ts';
import { openSocketCall } from './socket-call.ts';
import type { Trial } from './trial.ts';
import { unframed } from './unframed-answer.ts';
import { unwrapped } from './unwrapped-answer.ts';
import { inlining, type Target, targetOf } from './upstream-call.ts';

/** What an attempt needs of the exchange that it serves. */
export type Client = Pick<Exchange, 'id' | 'headers' | 'signal' | 'path' | 'query'>;

export interface AttemptOutcome<Answer = OpenAnswer> {
  readonly result: Answer | Failure;
  readonly credentialId: number;
  readonly upstreamModel: string | undefined;
  /** 0: it never answered. */
  readonly status: number;
  /** The same, as the channel's mapping has it: what decides about another attempt. */
  readonly countsAs: number;
  /** The request was, or may have been, read by the upstream. */
  readonly dispatched: boolean;
}

export async function attempt(exchange: Client, given: Received, channel: Channel, relay: Relay, trial: Trial): Promise<AttemptOutcome> {
  const credential = chooseCredential(channel, { health: relay.health, turns: relay.turns, chance: relay.chance, now: relay.clock.monotonic() });
  if (credential instanceof Failure) return unsent(credential, 0);
  const request = given.upload ? await inJson(given, channel) : given;
  if (request instanceof Failure) return unsent(request, credential.id);
  const fetching = mediaFor(exchange, request, channel, trial, relay), missing = fetching && await fetching;
  if (missing) return unsent(missing, credential.id);
  const call = prepare(exchange, request, { channel, credential, thoughts: relay.thoughts }, trial);
  if (call instanceof Failure) return unsent(call, credential.id);
  const { target, upstreamModel } = call, rules = rulesOf(channel);
  relay.health.begun(channel.id, credential.id, relay.clock.monotonic());
  const { origin, path } = call.address, timeouts = rules ? { ...relay.timeouts, ...rules.timeouts } : relay.timeouts;
  const begins = target.served?.background?.headers?.(upstreamModel, trial.models), headers = begins ? [...call.headers, ...begins.flat()] : call.headers;
  const written = { origin, path, method: 'POST', headers, body: call.body, timeouts, proxy: channel.proxy, once: request.dialect.once === true } as const;
  const sent = wantsMore(target) ? await laidOut(written, call, relay, exchange.signal) : written;
  if (sent instanceof Failure) return { ...unsent(sent, credential.id), upstreamModel };
  const tokens = target.provider.sign && new Set<string>();
  const { overSocket } = target.served ?? none;
  const answer = tokens ? await openSigned(sent, call.facts, target.provider, tokens, relay, exchange.signal) : overSocket ? await asked(sent, call, overSocket, relay, exchange.signal) : await relay.upstream.open(sent, exchange.signal);
  crashPoint('after-dispatch');
  const credentialId = credential.id;
  if (answer instanceof Failure) return { result: answer, credentialId, upstreamModel, status: 0, countsAs: 0, dispatched: wasSent(answer) };
  const { status } = answer;
  if (status < 200 || status > 299) return { ...await refused(answer, target, { channel, credentialId }, relay, exchange.signal), credentialId, upstreamModel, status, dispatched: true };
  const done = mayBeUnfinished(target.served) ? await finished({ answer, call, sent, userId: trial.userId }, target.served, relay, exchange.signal) : { answer: unframed(answer, target.dialect), call };
  const begun = done instanceof Failure || !isWrapped(done.answer, target) ? done : { ...done, answer: await unwrapped(done.answer, exchange.signal) };
  const result = begun instanceof Failure ? begun : await openAnswer({ exchange, request, channel, ...begun }, relay);
  // Some say only inside a success that their token is over.
  if (tokens?.size && result instanceof Failure && result.code === 'channel:invalid_key') relay.tokens.forget(tokens);
  // A refusal inside a success counts as what it means (dialects 9.3); of work that was begun nobody knows how far it came.
  const countsAs = isDialect(request.dialect) && result instanceof Failure && result.code === 'bad_response_status_code' ? result.status : status;
  return { result, credentialId, upstreamModel, status, countsAs, dispatched: true };
}

/** What the upstream says of its refusal. Where it asks to be left alone, its key rests that long. */
async function refused(answer: UpstreamAnswer, target: Target, { channel, credentialId }: { channel: Channel; credentialId: number }, relay: Relay, signal: Signal): Promise<Pick<AttemptOutcome<never>, 'result' | 'countsAs'>> {
  const countsAs = rulesOf(channel)?.statuses.get(answer.status) ?? answer.status;
  const refusal = await readRefusal(answer, target, signal, countsAs);
  const seconds = readRetryAfter(answer.header('retry-after'), relay.clock.now());
  if (seconds === undefined) return { result: refusal, countsAs };
  relay.health.cooldown.rest(credentialId, seconds, relay.clock.monotonic());
  const told = refusal.details.retryAfterSeconds === undefined ? new Failure(refusal.code, { ...refusal.details, retryAfterSeconds: Math.ceil(seconds) }) : refusal;
  return { result: told, countsAs };
}

/** Nearly always nothing, and then nothing is waited for. */
function mediaFor({ signal }: Client, request: Received, channel: Channel, trial: Trial, relay: Relay): Promise<Failure | undefined> | undefined {
  const found = targetOf(channel, wantedOf(request, channel, request.facts.model, trial));
  const target = found instanceof Failure ? found : inlining(found, request);
  return target instanceof Failure || target.passThrough ? undefined : fetchMedia(request, target, trial.userId, relay.media, signal);
}

const none: ServedAs = {};

/** A call of an endpoint over a WebSocket. */
const asked = (sent: UpstreamRequest, { rewritten }: Call, form: OverSocket, relay: Relay, signal: Signal): Promise<UpstreamAnswer | Failure> =>
  openSocketCall({ ...sent, body: Buffer.isBuffer(sent.body) ? form.write(sent.body) : undefined }, form.newReader(rewritten?.request ?? {}), true, relay, signal);

/** What was wrong with it before anything was sent. */
export const unsent = (failure: Failure, credentialId: number): AttemptOutcome<never> =>
  ({ result: failure, credentialId, upstreamModel: undefined, status: 0, countsAs: 0, dispatched: false });

const isWrapped = (answer: UpstreamAnswer, { provider, channel }: Target): boolean => provider.wrapsAnswers?.(channel.extra) === true && isJson(answer);

/** Whether the upstream may have seen the request (UPS-03). */
export const wasSent = ({ code, details: { sent } }: Failure): boolean => sent ?? (code !== 'upstream_timeout_connect' && code !== 'do_request_failed');
