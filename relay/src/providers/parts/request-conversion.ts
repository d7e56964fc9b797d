import { Failure } from '../../failure/failure.ts';
import type { AnswerStep } from '../../dialects/steps/answer-step.ts';
import type { ChatRequest } from '../../dialects/chat-event.ts';
import type { Codec, Dialect, RequestFacts } from '../../dialects/dialect.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import { type MediaByAddress, withMedia } from '../../dialects/request/inlined-media.ts';
import { ThinkStep } from '../../dialects/steps/think-step.ts';
import { shortToolNames } from '../../dialects/request/tool-names.ts';
import type { ModelSettings } from '../../models/model-settings.ts';
import type { Capabilities } from './capabilities.ts';
import { fit } from './fit.ts';
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
}

/** Members of Chat Completions that only shape an answer: where a provider's model refuses one, its client is told that it went. */
const shaping = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'stop'];

/**
 * A request of one dialect for a provider that speaks another. It runs once for each attempt: providers differ.
 *
 * @returns a Failure that names what is wrong with it, or what the provider has nothing like
 */
export function convertRequest({ body, dialect: from, facts, restore, media }: ClientRequest, { provider, to, able, model, stream, models }: Destination): ConvertedRequest | Failure {
  const parsed = parseLossless(body.toString('utf8'));
  if (parsed === undefined) return new Failure('bad_request_body');
  const read = from.readRequest(parsed, facts);
  if (read instanceof Failure) return read;
  const known = media ? withMedia(read, media) : read, request = restore ? restore(known) : known, steps: (() => AnswerStep)[] = [];
  const warnings = new Set<string>(request.losses);
  const fitting = fit({ ...request, model, stream }, able, (loss) => warnings.add(loss));
  if (fitting instanceof Failure) return inWordsOf(from, fitting);
  const names = shortToolNames(fitting, to.toolNames);
  const written = to.writeRequest(names.request, { warn: (loss) => warnings.add(loss), step: (make) => steps.push(make), models });
  if (written instanceof Failure) return inWordsOf(from, written);
  const asked = able.streamUsage === 'asked' ? written : without(written, 'stream_options');
  const wire = provider.writeRequest?.(asked, names.request, to, models) ?? asked;
  if (wire instanceof Failure) return wire;
  for (const name of shaping) if (Object.hasOwn(asked, name) && !Object.hasOwn(wire, name)) warnings.add(`dropped:${name}`);
  if (able.thinkTags) steps.unshift(() => new ThinkStep());
  return { body: Buffer.from(JSON.stringify(wire)), request, toolNames: names.original, warnings: [...warnings], steps };
}

/** Writers speak of their own members; a client that names them otherwise, and counts them otherwise, is told of its own. */
export function inWordsOf({ memberNames }: Dialect, failure: Failure): Failure {
  const { param } = failure.details;
  const own = param === undefined ? undefined : memberNames?.[/^\w+/.exec(param)?.[0] ?? ''];
  if (own === undefined) return failure;
  return new Failure(failure.code, { ...failure.details, say: failure.say.replace(`\`${param}\``, `\`${own}\``), param: own });
}
