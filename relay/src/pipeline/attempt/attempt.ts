/** One try of an exchange on one channel, up to the point where its answer is worth delivering. */
import { isDialect } from '../../dialects/dialect.ts';
import type { OverSocket } from '../../endpoints/over-socket.ts';
import type { ServedAs } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { readRetryAfter } from '../../routing/cooldown.ts';
import { chooseCredential, type Credential } from '../../routing/credential.ts';
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

/** Who tries what with whom. */
interface Attempt { readonly exchange: Client; readonly channel: Channel; readonly credential: Credential; readonly relay: Relay; readonly trial: Trial }
type Outcome = AttemptOutcome | Promise<AttemptOutcome>;

export function attempt(exchange: Client, given: Received, channel: Channel, relay: Relay, trial: Trial): Outcome {
  const credential = chooseCredential(channel, { health: relay.health, turns: relay.turns, chance: relay.chance, now: relay.clock.monotonic() });
  if (credential instanceof Failure) return unsent(credential, 0);
  const one: Attempt = { exchange, channel, credential, relay, trial }, fetching = given.upload ? undefined : mediaFor(one, given);
  if (given.upload) return inJson(given, channel).then((request) => withMedia(one, request));
  return fetching ? fetching.then((missing) => written(one, missing ?? given)) : written(one, given);
}

async function withMedia(one: Attempt, request: Received | Failure): Promise<AttemptOutcome> {
  return written(one, request instanceof Failure ? request : await mediaFor(one, request) ?? request);
}

function written(one: Attempt, request: Received | Failure): Outcome {
  const { exchange, channel, credential, relay, trial } = one;
  if (request instanceof Failure) return unsent(request, credential.id);
  const call = prepare(exchange, request, { channel, credential, thoughts: relay.thoughts }, trial);
  if (call instanceof Failure) return unsent(call, credential.id);
  const { target, upstreamModel } = call, rules = rulesOf(channel);
  relay.health.begun(channel.id, credential.id, relay.clock.monotonic());
  const { origin, path } = call.address, timeouts = rules ? { ...relay.timeouts, ...rules.timeouts } : relay.timeouts;
  const begins = target.served?.background?.headers?.(upstreamModel, trial.models), headers = begins ? [...call.headers, ...begins.flat()] : call.headers;
  const out: UpstreamRequest = { origin, path, method: 'POST', headers, body: call.body, timeouts, proxy: channel.proxy, once: request.dialect.once === true };
  if (!wantsMore(target)) return answered(one, request, call, out);
  return laidOut(out, call, relay, exchange.signal).then((more) => (more instanceof Failure ? { ...unsent(more, credential.id), upstreamModel } : answered(one, request, call, more)));
}

async function answered(one: Attempt, request: Received, call: Call, sent: UpstreamRequest): Promise<AttemptOutcome> {
  const { relay, channel, exchange: { signal }, credential: { id: credentialId } } = one, { target, upstreamModel } = call;
  const tokens = target.provider.sign && new Set<string>();
  const { overSocket } = target.served ?? none;
  const answer = await (tokens ? openSigned(sent, call.facts, target.provider, tokens, relay, signal) : overSocket ? asked(sent, call, overSocket, relay, signal) : relay.upstream.open(sent, signal));
  crashPoint('after-dispatch');
  if (answer instanceof Failure) return { result: answer, credentialId, upstreamModel, status: 0, countsAs: 0, dispatched: wasSent(answer) };
  const { status } = answer;
  if (status < 200 || status > 299) return { ...await refused(answer, target, { channel, credentialId }, relay, signal), credentialId, upstreamModel, status, dispatched: true };
  const opening = opened(one, request, call, sent, answer), result = opening instanceof Promise ? await opening : opening;
  // Some say only inside a success that their token is over.
  if (tokens?.size && result instanceof Failure && result.code === 'channel:invalid_key') relay.tokens.forget(tokens);
  // A refusal inside a success counts as what it means (dialects 9.3); of work that was begun nobody knows how far it came.
  const countsAs = isDialect(request.dialect) && result instanceof Failure && result.code === 'bad_response_status_code' ? result.status : status;
  return { result, credentialId, upstreamModel, status, countsAs, dispatched: true };
}

type Opened = OpenAnswer | Failure;

/** An answer is nearly always what it is; some are wrapped in another, or say that the work has only begun. */
function opened({ exchange, channel, relay, trial }: Attempt, request: Received, call: Call, sent: UpstreamRequest, answer: UpstreamAnswer): Opened | Promise<Opened> {
  const { target } = call, { signal } = exchange, open = (begun: { answer: UpstreamAnswer; call: Call }) => openAnswer({ exchange, request, channel, ...begun }, relay);
  const unwrap = (begun: { answer: UpstreamAnswer; call: Call }): Opened | Promise<Opened> =>
    (isWrapped(begun.answer, target) ? unwrapped(begun.answer, signal).then((inner) => open({ ...begun, answer: inner })) : open(begun));
  if (!mayBeUnfinished(target.served)) return unwrap({ answer: unframed(answer, target.dialect, request), call });
  return finished({ answer, call, sent, userId: trial.userId }, target.served, relay, signal).then((done) => (done instanceof Failure ? done : unwrap(done)));
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
function mediaFor({ exchange: { signal }, channel, trial, relay }: Attempt, request: Received): Promise<Failure | undefined> | undefined {
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
