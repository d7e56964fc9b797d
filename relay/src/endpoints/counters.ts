/** Calls that count model tokens and make none (dialects 11.1). They pass where the provider counts; else our own estimate answers. */
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import type { CallPlan, Dialect, RequestAddress, RequestFacts, Surface } from '../dialects/dialect.ts';
import { readAddress } from '../dialects/gemini/address.ts';
import { gemini } from '../dialects/gemini/dialect.ts';
import { openaiResponses } from '../dialects/openai-responses/dialect.ts';
import { Failure } from '../failure/failure.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import type { EndpointName } from './served.ts';

export interface Counter {
  readonly surface: Surface;
  /** The answer in the words of the dialect. */
  readonly answer: (tokens: number) => JsonObject;
}

interface CounterSpec {
  readonly name: EndpointName;
  readonly dialect: Dialect;
  readonly path: string;
  readonly callPath?: (call: CallPlan) => string;
  /** The member by which an answer is known. */
  readonly counted: string;
  readonly scan?: (body: Buffer, address: RequestAddress | undefined) => RequestFacts | Failure;
}

/** What the dialect says of its requests and refusals holds for counting too; it is converted to nothing. */
function surfaceOf({ name, dialect, path, callPath, counted, scan }: CounterSpec): Surface {
  const { keyPlace, clientHeaders, headers } = dialect;
  return {
    name, path, keyPlace, clientHeaders, headers,
    ...(callPath ? { callPath } : {}),
    scan: (body, address) => {
      const facts = scan ? scan(body, address) : dialect.scan(body, address);
      return facts instanceof Failure ? facts : { ...facts, stream: false };
    },
    watch: () => new EndpointWatch({ whole: [counted] }, undefined),
    holdsEnd: (piece) => dialect.holdsEnd(piece),
    newFraming: (form) => dialect.newFraming(form),
    rewrite: (body, facts, edit) => dialect.rewrite(body, facts, edit),
    editAnswer: (edits) => dialect.editAnswer(edits),
    estimateInput: (body) => dialect.estimateInput(body),
    readFailure: (status, body) => dialect.readFailure(status, body),
    renderFailure: (failure, requestId) => dialect.renderFailure(failure, requestId),
    renderStreamFailure: (failure, requestId) => dialect.renderStreamFailure(failure, requestId),
  };
}

export const messageTokens: Counter = {
  surface: surfaceOf({ name: 'count-tokens', dialect: anthropicMessages, path: '/v1/messages/count_tokens', counted: 'input_tokens' }),
  answer: (tokens) => ({ input_tokens: tokens }),
};

export const inputTokens: Counter = {
  surface: surfaceOf({ name: 'input-tokens', dialect: openaiResponses, path: '/v1/responses/input_tokens', counted: 'input_tokens' }),
  answer: (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }),
};

/** What is to be counted may stand in a whole request inside the body. */
const wrapped = Buffer.from('"generateContentRequest"');

export const contentTokens: Counter = {
  surface: surfaceOf({
    name: 'gemini-count-tokens', dialect: gemini, path: '/v1beta/models', counted: 'totalTokens',
    callPath: ({ model, version = 'v1beta' }) => `/${version}/models/${encodeURIComponent(model.replace(/^models\//, ''))}:countTokens`,
    scan: (body, address) => {
      const facts = gemini.scan(body, address), model = address && readAddress(address.path)?.model;
      if (!(facts instanceof Failure) || facts.details.param !== 'contents' || !model || !body.includes(wrapped)) return facts;
      return { model, modelSpan: undefined, stream: false, maxOutputTokens: 0, wantsUsage: true, inside: 1, sealed: [], streamOptions: undefined };
    },
  }),
  answer: (tokens) => ({ totalTokens: tokens }),
};
