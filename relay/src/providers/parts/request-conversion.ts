import { Failure } from '../../failure/failure.ts';
import type { AnswerStep } from '../../dialects/steps/answer-step.ts';
import type { ChatRequest, Message } from '../../dialects/chat-event.ts';
import type { Codec, Dialect, RequestFacts } from '../../dialects/dialect.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import { type MediaByAddress, withMedia } from '../../dialects/request/inlined-media.ts';
import { GrownThoughtsStep } from '../../dialects/steps/grown-thoughts-step.ts';
import { ThinkStep } from '../../dialects/steps/think-step.ts';
import { shortToolNames } from '../../dialects/request/tool-names.ts';
import type { ModelSettings } from '../../models/model-settings.ts';
import { unknownMember } from '../../dialects/request/documented.ts';
import { cannot } from '../../dialects/request/losses.ts';
import type { Capabilities } from './capabilities.ts';
import { fit } from './fit.ts';
import { eased, refusedLoss } from './loss-rules.ts';
import { type Switches, usualSwitches } from './switches.ts';
import { asFunction } from './typed-tools.ts';
import { without } from './request-edits.ts';
import type { Provider } from '../provider.ts';

export interface ConvertedRequest {
  body: Buffer;
  /** As the client meant it, with the client's model name: `writerOptions` makes the answer's form from it. */
  request: ChatRequest;
  toolNames: ReadonlyMap<string, string>;
  /** What was dropped or approximated, for the header `x-relay-warnings`. */
  warnings: string[];
  /** What its answer goes through. */
  steps: readonly (() => AnswerStep)[];
}

/** As the client sent it: `scan` has accepted it. */
export interface ClientRequest {
  readonly body: Buffer;
  readonly dialect: Dialect;
  readonly facts: RequestFacts;
  /** What its client forgot of earlier answers. */
  readonly restore?: (request: ChatRequest) => ChatRequest;
  /** What stands behind the addresses in it, where the upstream takes none. */
  readonly media?: MediaByAddress | undefined;
}

/** Where it goes. */
export interface Destination {
  readonly provider: Provider;
  readonly to: Codec;
  readonly able: Capabilities;
  /** The provider's name for the model. */
  readonly model: string;
  /** Whether the upstream streams; some do nothing else. */
  readonly stream: boolean;
  readonly models: ModelSettings;
  /** What the channel says of it. */
  readonly switches: Switches;
}

/** Members of Chat Completions that only shape an answer: where a provider's model refuses one, its client is told that it went. */
const shaping = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'stop'];

/**
 * A request of one dialect for a provider that speaks another. It runs once for each attempt: providers differ.
 *
 * @returns a Failure that names what is wrong with it, or what the provider has nothing like
 */
export function convertRequest({ body, dialect: from, facts, restore, media }: ClientRequest, destination: Destination): ConvertedRequest | Failure {
  const parsed = parseLossless(body.toString('utf8'));
  if (parsed === undefined) return new Failure('bad_request_body');
  const read = from.readRequest(parsed, facts);
  if (read instanceof Failure) return read;
  const known = media ? withMedia(read, media) : read, whole = restore ? restore(known) : known, { switches } = destination;
  const request = switches === usualSwitches ? whole : switched(whole, from, destination);
  if (request instanceof Failure) return inWordsOf(from, request);
  const made = switches.loss === 'lenient' ? leniently(request, destination) : written(request, destination);
  if (made instanceof Failure) return inWordsOf(from, made);
  const [loss] = switches.loss === 'strict' ? made.warnings : [];
  return loss === undefined ? made : inWordsOf(from, refusedLoss(loss));
}

/** What the channel wants changed before it is written. */
function switched(request: ChatRequest, { name: from }: Dialect, { to, switches }: Destination): ChatRequest | Failure {
  const unknown = switches.refusesUnknown ? unknownMember(from, request.rest) : undefined;
  if (unknown !== undefined) return cannot(unknown, 'is not known, and the channel of this model takes no unknown members');
  if (from === to.name) return request;
  const tools = switches.typedTools ? request.tools.map(asFunction) : request.tools;
  const searches = switches.mapsSearch ? [] : tools.filter((tool) => tool.webSearch);
  if (searches.length > 0 && switches.loss !== 'lenient') return cannot(`tools[${tools.indexOf(searches[0]!)}]`);
  const losses = searches.length > 0 ? { losses: [...(request.losses ?? []), 'dropped:tools'] } : {};
  return { ...request, ...losses, tools: tools.filter((tool) => !searches.includes(tool)), messages: switches.userNames && to.name !== 'openai-chat' ? request.messages.map(named) : request.messages };
}

/** `ann: what she says` */
function named(message: Message): Message {
  const at = message.role === 'user' && message.name ? message.parts.findIndex((part) => part.kind === 'text') : -1;
  return at < 0 ? message : { ...message, parts: message.parts.map((part, index) => (index === at && part.kind === 'text' ? { ...part, text: `${message.name}: ${part.text}` } : part)) };
}

/** More things than this cannot be in the way of one request. */
const mostLosses = 200;

function leniently(request: ChatRequest, destination: Destination): ConvertedRequest | Failure {
  let rest = request;
  for (let count = 0; ; count++) {
    const made = written(rest, destination);
    const less = made instanceof Failure && count < mostLosses ? eased(rest, made) : undefined;
    if (!less) return made;
    rest = { ...less.request, losses: [...new Set([...(rest.losses ?? []), less.loss])] };
  }
}

function written(request: ChatRequest, { provider, to, able, model, stream, models, switches }: Destination): ConvertedRequest | Failure {
  const warnings = new Set<string>(request.losses), steps: (() => AnswerStep)[] = [];
  const fitting = fit({ ...request, model, stream }, able, (loss) => warnings.add(loss));
  if (fitting instanceof Failure) return fitting;
  const names = shortToolNames(fitting, to.toolNames);
  const text = to.writeRequest(names.request, { warn: (loss) => warnings.add(loss), step: (make) => steps.push(make), models, cacheMarks: able.cacheMarks, videos: able.videos });
  if (text instanceof Failure) return text;
  const asked = able.streamUsage === 'asked' ? text : without(text, 'stream_options');
  const wire = provider.writeRequest?.(asked, names.request, to, models) ?? asked;
  if (wire instanceof Failure) return wire;
  for (const name of shaping) if (Object.hasOwn(asked, name) && !Object.hasOwn(wire, name)) warnings.add(`dropped:${name}`);
  if (able.thinkTags || able.thinkOpen || (switches.repair && to.name === 'openai-chat')) steps.unshift(() => new ThinkStep(able.thinkOpen));
  if (able.grownThoughts) steps.unshift(() => new GrownThoughtsStep());
  const sent = switches.autoCache && to.name === 'anthropic-messages' && !Object.hasOwn(wire, 'cache_control') ? { ...wire, cache_control: { type: 'ephemeral' } } : wire;
  return { body: Buffer.from(JSON.stringify(sent)), request, toolNames: names.original, warnings: [...warnings], steps };
}

/** Writers speak of their own members; a client that names them otherwise, and counts them otherwise, is told of its own. */
export function inWordsOf({ memberNames }: Dialect, failure: Failure): Failure {
  const { param } = failure.details;
  const own = param === undefined ? undefined : memberNames?.[/^\w+/.exec(param)?.[0] ?? ''];
  if (own === undefined) return failure;
  return new Failure(failure.code, { ...failure.details, say: failure.say.replace(`\`${param}\``, `\`${own}\``), param: own });
}
