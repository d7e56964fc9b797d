/** A call that is not chat: an address, what is read of its body and its answer, and nothing else. Bytes pass. */
import type { AnswerWatch, FormPlan, RequestAddress, RequestFacts, Surface } from '../dialects/dialect.ts';
import { sseFraming } from '../dialects/answer/answer-framing.ts';
import { answerEditor } from '../dialects/answer/answer-edits.ts';
import { endsWith } from '../dialects/answer/end-mark.ts';
import { member } from '../dialects/json-member.ts';
import { estimateInput } from '../dialects/metering/input-estimate.ts';
import { topModel } from '../dialects/answer/model-echo.ts';
import { rewrite as rewriteMembers } from '../dialects/openai-chat/scan.ts';
import { usageChunkFilter } from '../dialects/openai-chat/usage-chunk-filter.ts';
import { openaiError } from '../dialects/openai-error.ts';
import { RequestMembers } from '../dialects/request/request-members.ts';
import { readRefusal } from '../dialects/upstream-refusal.ts';
import type { UsageHook } from '../dialects/metering/usage.ts';
import type { Failure } from '../failure/failure.ts';
import { memberScan } from '../framing/json-scan.ts';
import { splice } from '../framing/splice.ts';
import { type AnswerSigns, EndpointWatch } from './endpoint-watch.ts';
import type { CallUnits } from '../dialects/metering/call-units.ts';
import type { EndpointName } from './served.ts';

export interface EndpointSpec {
  readonly name: EndpointName;
  /** Where clients and OpenAI have it. */
  readonly path: string;
  /** What an answer looks like. */
  readonly answer: AnswerSigns;
  /** The members that `check`, `limit` and `units` look at. */
  readonly members: readonly string[];
  /** Names what is wrong with the request; `found` keeps the first fault. */
  check(found: RequestMembers): void;
  /** Stands in where nothing names a model. */
  readonly defaultModel?: string;
  /** The model as the address names it, where it does. */
  modelIn?(address: RequestAddress): string | undefined;
  /** The largest number of output tokens that the request allows; absent: it makes none. */
  limit?(found: RequestMembers): number;
  /** Where its price is not that of its model. */
  priceNames?(model: string): readonly string[];
  /** What a price by call is multiplied with. */
  units?(found: RequestMembers, model: string): CallUnits;
  /** Model tokens of the request, where counting its texts is not the way. */
  readonly estimate?: (body: Buffer) => number;
  /** What an answer of bytes is, where its provider does not say it. */
  bytesType?(found: RequestMembers): string;
  /** How a stream is followed; absent: it never answers with one. */
  readonly watchStream?: (usage: UsageHook | undefined) => AnswerWatch;
  /** How an answer is followed that is no JSON; absent: there is none. */
  readonly watchBytes?: () => AnswerWatch;
  /** What it makes must not be made twice (UPS-03). */
  readonly once?: true;
  /** How it is read where it comes as a form. */
  readonly form?: FormPlan;
  /** The type of the event that completes a stream; absent: `[DONE]`. */
  readonly streamEnd?: string;
  /** A stream reports usage only to who asks for it, as chat does. */
  readonly hidesUsage?: boolean;
  /** The events that end a stream which broke off; absent: the error alone. */
  readonly renderStreamFailure?: Surface['renderStreamFailure'];
}

export interface Endpoint extends Surface { readonly name: EndpointName }

const errorBody = (failure: Failure, requestId: string) => ({ error: { ...openaiError(failure, requestId) } });

export function endpoint(spec: EndpointSpec): Endpoint {
  const scan = memberScan(['model', 'stream', 'stream_options', ...spec.members]);
  return {
    name: spec.name,
    path: spec.path,
    keyPlace: 'authorization',
    clientHeaders: ['openai-beta', 'idempotency-key'],
    headers: [],
    holdsEnd: spec.streamEnd === undefined ? endsWith('[DONE]') : holding(spec.streamEnd),
    scan: (body, address) => {
      const found = RequestMembers.of(body, scan);
      return found instanceof RequestMembers ? factsOf(found, spec, address) : found;
    },
    newFraming: () => sseFraming,
    rewrite: (body, facts, edit) => rewriteMembers(facts.unnamed && edit.model !== undefined ? named(body, facts, edit.model) : body, facts, edit),
    watch: ({ stream, bytes, usage }) => {
      if (stream && spec.watchStream) return spec.watchStream(usage);
      return bytes && spec.watchBytes ? spec.watchBytes() : new EndpointWatch(spec.answer, usage);
    },
    passesBytes: spec.watchBytes !== undefined,
    ...(spec.form ? { form: spec.form } : {}),
    ...(spec.once ? { once: true } : {}),
    editAnswer: (edits) => answerEditor(edits, { model: topModel, ...(spec.hidesUsage ? { usageChunk: usageChunkFilter } : {}) }),
    estimateInput: spec.estimate ?? estimateInput,
    readFailure: readRefusal,
    renderFailure: (failure, requestId) => ({ status: failure.status, body: errorBody(failure, requestId) }),
    renderStreamFailure: spec.renderStreamFailure ?? ((failure, requestId) => [{ event: 'error', data: JSON.stringify(errorBody(failure, requestId)) }]),
  };
}

function factsOf(found: RequestMembers, spec: EndpointSpec, address: RequestAddress | undefined): RequestFacts | Failure {
  const modelSpan = found.span('model');
  const elsewhere = modelSpan ? undefined : (address && spec.modelIn?.(address)) ?? spec.defaultModel;
  const model = elsewhere === undefined ? found.model() : found.checkModel(elsewhere);
  const stream = spec.watchStream !== undefined && found.looseFlag('stream');
  spec.check(found);
  const maxOutputTokens = spec.limit?.(found) ?? 0;
  const units = spec.units?.(found, model);
  const wantsUsage = !spec.hidesUsage || member(found.value('stream_options'), 'include_usage') === true;
  if (found.fault) return found.fault;
  return { model, modelSpan, stream, maxOutputTokens, wantsUsage, inside: found.inside, sealed: [], streamOptions: found.span('stream_options'), ...(modelSpan ? {} : { unnamed: true }), ...(spec.limit ? {} : { noOutput: true }), ...(spec.priceNames ? { priceNames: spec.priceNames(model) } : {}), ...(units ? { units } : {}), ...(spec.bytesType ? { bytesType: spec.bytesType(found) } : {}) };
}


/** Events of these streams are large: the type stands far from the end of its event. */
function holding(type: string): (piece: Buffer) => boolean {
  const mark = Buffer.from(`"${type}"`);
  return (piece) => piece.includes(mark);
}

/** The name goes to the front: nothing that stands in the body is moved. */
const named = (body: Buffer, { inside }: RequestFacts, model: string): Buffer =>
  splice(body, [{ start: inside, end: inside, text: `"model":${JSON.stringify(model)},` }]);
