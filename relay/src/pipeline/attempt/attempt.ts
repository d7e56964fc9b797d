/** One try of an exchange on one channel, up to the point where its answer is worth delivering. */
import type { Route } from '../../dialects/answer/answer-conversion.ts';
import type { ChatRequest } from '../../dialects/chat-event.ts';
import { isCodec, isDialect } from '../../dialects/dialect.ts';
import type { ThoughtMemory } from '../../dialects/memory/thought-memory.ts';
import { writerOptions } from '../../dialects/answer/writer-options.ts';
import type { Blob } from '../../endpoints/served.ts';
import { toldAsEvents } from '../../endpoints/told-as-events.ts';
import { RewrittenWatch } from '../../endpoints/rewritten-watch.ts';
import { Failure } from '../../failure/failure.ts';
import { readRetryAfter } from '../../routing/cooldown.ts';
import { chooseCredential, type Credential } from '../../routing/credential.ts';
import { mappedModel } from '../../routing/model-mapping.ts';
import { rulesOf } from '../../routing/rules/channel-rules.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import { crashPoint } from '../../trace/crash-point.ts';
import type { UpstreamAnswer } from '../../upstream/upstream.ts';
import { stepsOf } from './answer-steps.ts';
import { withQuery } from './client-query.ts';
import { finished, mayBeUnfinished } from './finished-answer.ts';
import { answerFormOf } from './answer-form.ts';
import type { Exchange } from '../exchange.ts';
import { errorInStream } from './error-in-stream.ts';
import { hidden, oneShot } from './one-shot.ts';
import { fetchMedia } from './fetched-media.ts';
import { inJson } from './form-as-json.ts';
import { laidOut, wantsMore } from './laid-out.ts';
import { Opening } from './opening.ts';
import type { Received } from '../entry/received.ts';
import { claudeHeaders, passedOr, withHeaders } from './model-headers.ts';
import { suffixedModel, wantedOf } from './model-way.ts';
import type { SuffixedModel } from '../../providers/parts/model-suffixes.ts';
import type { Call as ProviderCall } from '../../providers/provider.ts';
import type { Relay } from '../relay.ts';
import { readRefusal } from './refusal-body.ts';
import { prompted, ruled } from './ruled-call.ts';
import { suffixedBody, suffixedRequest } from './suffixed-request.ts';
import { openSigned } from './signed-call.ts';
import type { Trial } from './trial.ts';
import { unframed } from './unframed-answer.ts';
import { unwrapped } from './unwrapped-answer.ts';
import { type Address, answerForm, addressFor, callOf, headersFor, inlining, outgoing, targetOf, type Outgoing, type Target } from './upstream-call.ts';

/** An answer that can be delivered: its first part is in the opening, the rest follows. */
export interface OpenAnswer {
  readonly channel: Channel;
  readonly target: Target;
  readonly upstreamModel: string;
  readonly answer: UpstreamAnswer;
  /** Events, and not a whole answer. */
  readonly stream: boolean;
  readonly opening: Opening;
  /** How it is put into the client's dialect; undefined where it speaks that already. */
  readonly route: Route | undefined;
  /** What puts a whole answer of another endpoint than chat into the words of the contract. */
  readonly readAnswer: ((body: Buffer) => Blob | Failure) | undefined;
  /** What the request lost on its way (dialects 4.10). */
  readonly warnings: readonly string[];
  /** By which its client can go on from it, where its provider stores it. */
  readonly responseId?: string | undefined;
}

/** What an attempt needs of the exchange that it serves. */
type Client = Pick<Exchange, 'id' | 'headers' | 'signal' | 'path' | 'query'>;

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

/** A whole answer that nobody edits is held up to here, any other to its end. */
const heldBytes = 256 * 1_024;

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
  const answer = tokens ? await openSigned(sent, call.facts, target.provider, tokens, relay, exchange.signal) : await relay.upstream.open(sent, exchange.signal);
  crashPoint('after-dispatch');
  const credentialId = credential.id;
  if (answer instanceof Failure) return { result: answer, credentialId, upstreamModel, status: 0, countsAs: 0, dispatched: wasSent(answer) };
  const { status } = answer;
  if (status < 200 || status > 299) {
    const countsAs = rules?.statuses.get(status) ?? status;
    const refusal = await readRefusal(answer, target, exchange.signal, countsAs);
    const seconds = readRetryAfter(answer.header('retry-after'), relay.clock.now());
    const failure = seconds === undefined || refusal.details.retryAfterSeconds !== undefined ? refusal : new Failure(refusal.code, { ...refusal.details, retryAfterSeconds: Math.ceil(seconds) });
    if (seconds !== undefined) relay.health.cooldown.rest(credential.id, seconds, relay.clock.monotonic());
    return { result: failure, credentialId, upstreamModel, status, countsAs, dispatched: true };
  }
  const done = mayBeUnfinished(target.served) ? await finished({ answer, call, sent, userId: trial.userId }, target.served, relay, exchange.signal) : { answer: unframed(answer, target.dialect), call };
  const begun = done instanceof Failure || !isWrapped(done.answer, target) ? done : { ...done, answer: await unwrapped(done.answer, exchange.signal) };
  const result = begun instanceof Failure ? begun : await openAnswer({ exchange, request, channel, ...begun }, relay);
  // Some say only inside a success that their token is over.
  if (tokens?.size && result instanceof Failure && result.code === 'channel:invalid_key') relay.tokens.forget(tokens);
  // A refusal inside a success counts as what it means (dialects 9.3); of work that was begun nobody knows how far it came.
  const countsAs = isDialect(request.dialect) && result instanceof Failure && result.code === 'bad_response_status_code' ? result.status : status;
  return { result, credentialId, upstreamModel, status, countsAs, dispatched: true };
}

export interface Call extends Outgoing { target: Target; facts: ProviderCall; upstreamModel: string; address: Address; headers: readonly string[] }

/** Nearly always nothing, and then nothing is waited for. */
function mediaFor({ signal }: Client, request: Received, channel: Channel, trial: Trial, relay: Relay): Promise<Failure | undefined> | undefined {
  const found = targetOf(channel, wantedOf(request, channel, request.facts.model, trial));
  const target = found instanceof Failure ? found : inlining(found, request);
  return target instanceof Failure || target.passThrough ? undefined : fetchMedia(request, target, trial.userId, relay.media, signal);
}

/** What was wrong with it before anything was sent. */
export const unsent = (failure: Failure, credentialId: number): AttemptOutcome<never> =>
  ({ result: failure, credentialId, upstreamModel: undefined, status: 0, countsAs: 0, dispatched: false });

/** What goes out to a channel, and where. Failures: those of the channel, of its rules, and of conversion. */
export function prepare(exchange: Client, given: Received, { channel, credential, thoughts }: { channel: Channel; credential: Credential; thoughts: ThoughtMemory }, trial: Trial): Call | Failure {
  const request = channel.rules ? prompted(given, channel, exchange) : given;
  if (request instanceof Failure) return request;
  const mapped = mappedModel(request.facts.model, channel.modelMapping);
  if (mapped instanceof Failure) return mapped;
  const { models } = trial, names = { asked: request.facts.model, mapped };
  const suffixed = suffixedModel(names, channel, models), upstreamModel = suffixed?.model ?? mapped;
  const found = targetOf(channel, wantedOf(request, channel, upstreamModel, trial));
  if (found instanceof Failure) return found;
  const target = inlining(found, request);
  const facts = callOf(target, credential, upstreamModel, request.facts, models);
  if (facts instanceof Failure) return facts;
  const placed = addressFor(target, facts, credential.id);
  if (placed instanceof Failure) return placed;
  const address = exchange.query !== '' && request.facts.query === undefined ? withQuery(placed, exchange.query, target) : placed;
  const own = headersFor(target, facts, credential.id, exchange.headers, request.upload && exchange.headers.contentType);
  if (own instanceof Failure) return own;
  const added = models.claude.headers && target.dialect.name === 'anthropic-messages' ? claudeHeaders(models.claude.headers, [names.asked, mapped, upstreamModel]) : [];
  const headers = added.length > 0 ? withHeaders(own, added) : own;
  const out = !request.upload && passesWhole(target, channel, trial) ? { body: given.body } : outgoing(target, request, upstreamModel, { models, signatures: thoughts.signatures, restore: (read) => asNamed(thoughts.restored(given.owner, read), suffixed) });
  if (out instanceof Failure) return out;
  // Rules change members of JSON: of a form they see its fields, and what passes is the form.
  const json = Buffer.isBuffer(out.body) ? (suffixed && target.passThrough && isDialect(request.dialect) ? suffixedBody(out.body, request.dialect.name, suffixed) : out.body) : request.body;
  const shape = ruled({ body: json, headers }, { channel, request, credential, upstreamModel, trial }, exchange);
  if (shape instanceof Failure) return shape;
  const form = rewritesAnswer(channel, target) && !request.upload ? answerForm(target, request, upstreamModel, models) : undefined;
  const call = { ...out, ...shape, ...(form ? { conversion: form } : {}), target, facts, upstreamModel, address };
  if (!Buffer.isBuffer(out.body)) return { ...call, body: out.body };
  return { ...call, body: target.provider.wrapBody?.(shape.body, facts, passedOr(exchange.headers, added), models) ?? shape.body };
}

const asNamed = (read: ChatRequest, suffixed: SuffixedModel | undefined): ChatRequest => (suffixed ? suffixedRequest(read, suffixed) : read);

/** The operator wants answers written anew, also where both ends speak one dialect. */
function rewritesAnswer(channel: Channel, { switches, dialect }: Target): boolean {
  const rules = rulesOf(channel);
  return (switches.repair === true && dialect.name === 'openai-chat') || rules !== undefined && (rules.forceFormat || rules.thinkingToContent);
}

/** The operator wants bodies to go out as they came, and both ends speak one dialect. */
const passesWhole = (target: Target, channel: Channel, { passBody }: Trial): boolean =>
  (passBody || rulesOf(channel)?.passBody === true) && target.passThrough && !target.served?.writeRequest && !target.served?.readAnswer;

interface Started { exchange: Client; request: Received; channel: Channel; call: Call; answer: UpstreamAnswer }

async function openAnswer(started: Started, relay: Relay): Promise<OpenAnswer | Failure> {
  const { exchange, request, channel, call } = started, { streamForm } = request.facts;
  const { stream, bytes } = answerFormOf(request, started.answer);
  const { target, upstreamModel } = call;
  const list = target.passThrough && streamForm !== undefined;
  const readUsage = target.served ? target.served.readUsage : target.provider.readUsage;
  const putTogether = target.putTogether && !isJson(started.answer);
  const raw = target.dialect.watch({ stream: stream || putTogether, bytes, usage: readUsage, form: list ? streamForm : undefined });
  const read = call.rewritten?.readAnswer, createdAt = Math.floor(relay.clock.now() / 1_000), readAnswer = read && ((body: Buffer) => read(body, createdAt));
  const rewrites = stream ? undefined : readAnswer, { rewritten } = call;
  const told = rewritten && readAnswer && !request.give ? ((body: Buffer) => { const made = readAnswer(body); return made instanceof Failure ? made : toldAsEvents(made, request.dialect, rewritten.request); }) : readAnswer;
  const watch = rewrites ? new RewrittenWatch(rewrites, raw, () => target.dialect.watch({ stream: false })) : raw;
  const isEdited = !target.passThrough || call.conversion || upstreamModel !== request.facts.model || readAnswer || request.give || request.dialect.answerId;
  const holdBytes = bytes ? 0 : isEdited ? Infinity : heldBytes;
  const opening = new Opening({ stream, list, holdBytes, firstEventMs: relay.timeouts.firstByteMs }, watch);
  const misfit = misfitOf(started.answer);
  if (misfit) { started.answer.cancel(); return misfit; }
  const answer = stream && !list && isJson(started.answer) ? await oneShot(started.answer, target, upstreamModel, exchange.id, exchange.signal) : started.answer;
  if (answer instanceof Failure) return answer;
  const forget = exchange.signal.onAbort(() => { answer.cancel(); opening.abandon(); });
  opening.begin(answer);
  const failure = await opening.settled;
  forget();
  if (failure) {
    answer.cancel();
    if (failure.code === 'answer_cut' && (stream || putTogether) && !list) return errorInStream(opening, target.dialect) ?? failure;
    return opening.complete && !stream && !putTogether ? hidden(failure, Buffer.concat(opening.pieces), target) : failure;
  }
  return { channel, target, upstreamModel, answer, stream, opening, route: routeOf(exchange, call, request, relay, putTogether), readAnswer: told, warnings: call.conversion?.warnings ?? none, responseId: target.passThrough && target.dialect.name === 'openai-responses' ? responseIdIn(opening) : undefined };
}

/** It stands at the front, of the first event as of a whole answer. */
const responseIdIn = ({ pieces: [first] }: Opening): string | undefined => (first && /"id"\s*:\s*"(resp_[\w-]{1,200})"/.exec(first.toString('latin1', 0, 4_096))?.[1]);

const none: readonly string[] = [];

/** Made here, so that the converted request need not live as long as its answer. */
function routeOf(exchange: Client, { conversion, target }: Call, { dialect, owner }: Received, relay: Relay, putTogether: boolean): Route | undefined {
  if (!conversion || !isDialect(dialect) || !isCodec(target.dialect)) return undefined;
  const { readUsage } = target.provider;
  const createdAt = Math.floor(relay.clock.now() / 1_000);
  return {
    from: target.dialect, to: dialect, putTogether,
    steps: stepsOf({ conversion, target, client: dialect.name, owner, thoughts: relay.thoughts }),
    reading: readUsage ? { usage: readUsage } : {},
    lost: (loss) => conversion.warnings.push(loss),
    writing: { ...writerOptions(conversion.request, conversion.toolNames, exchange.id, createdAt), alsoReasoning: target.switches.alsoReasoning, now: () => Math.floor(relay.clock.now() / 1_000) },
  };
}

/** An answer that cannot be what was asked for, told by its head. */
function misfitOf(answer: UpstreamAnswer): Failure | undefined {
  const encoding = answer.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') return new Failure('bad_response_body', { note: `content-encoding ${encoding.slice(0, 40)}` });
  return answer.header('content-type')?.startsWith('text/html') ? new Failure('bad_response_body', { note: 'a web page' }) : undefined;
}

const isWrapped = (answer: UpstreamAnswer, { provider, channel }: Target): boolean => provider.wrapsAnswers?.(channel.extra) === true && isJson(answer);

const isJson = (answer: UpstreamAnswer): boolean => answer.header('content-type')?.startsWith('application/json') ?? false;

/** Whether the upstream may have seen the request (UPS-03). */
export const wasSent = ({ code, details: { sent } }: Failure): boolean => sent ?? (code !== 'upstream_timeout_connect' && code !== 'do_request_failed');
