/** From the head of an answer to its first part that is worth delivering. */
import type { Route } from '../../dialects/answer/answer-conversion.ts';
import { writerOptions } from '../../dialects/answer/writer-options.ts';
import { isCodec, isDialect } from '../../dialects/dialect.ts';
import type { EndpointCall } from '../../endpoints/rewritten.ts';
import { RewrittenWatch } from '../../endpoints/rewritten-watch.ts';
import type { Blob } from '../../endpoints/served.ts';
import { toldAsEvents } from '../../endpoints/told-as-events.ts';
import { Failure } from '../../failure/failure.ts';
import type { Channel } from '../../snapshot/snapshot.ts';
import type { UpstreamAnswer } from '../../upstream/upstream.ts';
import type { Received } from '../entry/received.ts';
import type { Relay } from '../relay.ts';
import { answerFormOf } from './answer-form.ts';
import { stepsOf } from './answer-steps.ts';
import type { Client } from './attempt.ts';
import { errorInStream, refusedInOwnWords } from './error-in-stream.ts';
import { hidden, oneShot } from './one-shot.ts';
import { Opening } from './opening.ts';
import type { Call } from './prepared-call.ts';
import type { Target } from './upstream-call.ts';

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

/** A whole answer that nobody edits is held up to here, any other to its end. */
const heldBytes = 256 * 1_024;

interface Started { exchange: Client; request: Received; channel: Channel; call: Call; answer: UpstreamAnswer }

/** Failures: of an answer that says it failed, that is none, or that the dialect does not know; another channel may be tried. */
export function openAnswer(started: Started, relay: Relay): Opened | Promise<Opened> {
  const misfit = misfitOf(started.answer);
  if (misfit) { started.answer.cancel(); return misfit; }
  const plan = planOf(started, relay), { exchange, call: { target, upstreamModel } } = started;
  if (!plan.stream || plan.list || !isJson(started.answer)) return begun(started, plan, relay);
  return oneShot(started.answer, target, upstreamModel, exchange.id, exchange.signal).then((answer) => (answer instanceof Failure ? answer : begun({ ...started, answer }, plan, relay)));
}

/** What kind of answer comes, and what is looked for in it. */
interface Plan { readonly stream: boolean; readonly list: boolean; readonly putTogether: boolean; readonly readAnswer: ReadAnswer | undefined; readonly opening: Opening }

function planOf({ request, call, answer }: Started, relay: Relay): Plan {
  const { target, upstreamModel } = call, { streamForm } = request.facts, { stream, bytes } = answerFormOf(request, answer);
  const list = target.passThrough && streamForm !== undefined;
  const readUsage = target.served ? target.served.readUsage : target.provider.readUsage;
  const putTogether = target.putTogether && !isJson(answer);
  const raw = target.dialect.watch({ stream: stream || putTogether, bytes, usage: readUsage, form: list ? streamForm : undefined });
  const readAnswer = call.rewritten && readerOf(call.rewritten, Math.floor(relay.clock.now() / 1_000));
  const watch = readAnswer && !stream ? new RewrittenWatch(readAnswer, raw, () => target.dialect.watch({ stream: false })) : raw;
  const isEdited = !target.passThrough || call.conversion || upstreamModel !== request.facts.model || readAnswer || request.give || request.dialect.answerId;
  const holdBytes = bytes ? 0 : isEdited ? Infinity : heldBytes;
  return { stream, list, putTogether, readAnswer, opening: new Opening({ stream, list, objects: isDialect(target.dialect), holdBytes, firstEventMs: relay.timeouts.firstByteMs }, watch) };
}

function begun(started: Started, plan: Plan, relay: Relay): Opened | Promise<Opened> {
  const { exchange: { signal }, answer } = started, { opening } = plan;
  const leaving = { onAbort: () => { answer.cancel(); opening.abandon(); } };
  signal.onAbort(leaving);
  const verdict = opening.begin(answer), judged = (failure: Failure | undefined): Opened => {
    signal.forget(leaving);
    const refusal = failure ?? (plan.stream ? refusedInOwnWords(opening, started.call.target) : undefined);
    return refusal ? failed(refusal, started, plan) : delivered(started, plan, relay);
  };
  return verdict instanceof Promise ? verdict.then(judged) : judged(verdict);
}

function failed(failure: Failure, { answer, call: { target } }: Started, { opening, stream, list, putTogether }: Plan): Failure {
  answer.cancel();
  if (failure.code === 'answer_cut' && (stream || putTogether) && !list) return errorInStream(opening, target.dialect) ?? failure;
  return opening.complete && !stream && !putTogether ? hidden(failure, Buffer.concat(opening.pieces), target) : failure;
}

function delivered({ exchange, request, channel, call, answer }: Started, { stream, opening, readAnswer, putTogether }: Plan, relay: Relay): OpenAnswer {
  const { target, upstreamModel } = call;
  const reader = readAnswer && call.rewritten && !request.give ? asEvents(readAnswer, request, call.rewritten) : readAnswer;
  const responseId = target.passThrough && target.dialect.name === 'openai-responses' ? responseIdIn(opening) : undefined;
  return { channel, target, upstreamModel, answer, stream, opening, route: routeOf(exchange, call, request, relay, putTogether), readAnswer: reader, warnings: call.conversion?.warnings ?? none, responseId };
}

type Opened = OpenAnswer | Failure;
type ReadAnswer = NonNullable<OpenAnswer['readAnswer']>;

const readerOf = ({ readAnswer }: EndpointCall, createdAt: number): ReadAnswer | undefined => readAnswer && ((body) => readAnswer(body, createdAt));

/** For a client that asked for events where the provider has none. */
const asEvents = (read: ReadAnswer, { dialect }: Received, { request }: EndpointCall): ReadAnswer => (body) => {
  const made = read(body);
  return made instanceof Failure ? made : toldAsEvents(made, dialect, request);
};

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

export const isJson = (answer: UpstreamAnswer): boolean => answer.header('content-type')?.startsWith('application/json') ?? false;
