/** What a provider serves beside chat, and the little in which it differs there from OpenAI. One line in its file for each endpoint. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { Call } from '../providers/provider.ts';
import type { UsageHook } from '../dialects/metering/usage.ts';
import type { Failure } from '../failure/failure.ts';

/** Names are also what the log shows as the dialect of a request. */
export type EndpointName =
  | 'completions' | 'embeddings' | 'moderations' | 'rerank' | 'image-generations' | 'image-edits' | 'image-variations'
  | 'speech' | 'transcriptions' | 'translations' | 'responses-compact' | 'realtime' | 'count-tokens' | 'input-tokens' | 'gemini-count-tokens';

/** An answer that is no JSON: sound, a picture. */
export interface Blob { readonly contentType: string; readonly bytes: Buffer }

/** The hooks are few and closed, as those of a provider. None given: bytes pass both ways. */
export interface ServedAs {
  /** Where the provider takes it, when it is not where OpenAI does. */
  readonly path?: string | ((call: Call) => string);
  /** The request in the provider's own words. `request.model` is the name that the channel gave the model. JSON bodies only. */
  writeRequest?(request: JsonObject): JsonObject | Failure;
  /** Its answer in the words of the contract. Runs on whole JSON answers, never on streams. */
  readAnswer?(answer: JsonObject, request: JsonObject): JsonObject | Blob | Failure;
  /** Where it reports tokens elsewhere than the endpoint looks: reads the `usage` (or `meta`) object of its own answer. */
  readonly readUsage?: UsageHook;
}

export type Served = Readonly<Partial<Record<EndpointName, ServedAs>>>;

export const isBlob = (answer: JsonObject | Blob): answer is Blob => Buffer.isBuffer(answer['bytes']);

/** For hooks: the object that an answer or request must be. */
export type { Json, JsonObject };
