/** What a provider serves beside chat, and the little in which it differs there from OpenAI. One line in its file for each endpoint. */
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import type { Call, Header } from '../providers/provider.ts';
import type { UsageHook } from '../dialects/metering/usage.ts';
import type { OverSocket } from './over-socket.ts';
import type { Failure } from '../failure/failure.ts';
import type { Media, MediaKind } from '../upstream/media-fetch.ts';

/** Names are also what the log shows as the dialect of a request. */
export type EndpointName =
  | 'completions' | 'embeddings' | 'moderations' | 'rerank' | 'image-generations' | 'image-edits' | 'image-variations'
  | 'speech' | 'transcriptions' | 'translations' | 'responses-compact' | 'realtime' | 'count-tokens' | 'input-tokens' | 'gemini-count-tokens';

/** An answer that is no JSON: sound, a picture. */
export interface Blob { readonly contentType: string; readonly bytes: Buffer }

/** Media that were fetched, by their address. */
export type Fetched = ReadonlyMap<string, Media>;

/** Work that goes on behind the first answer: it is asked after until it is done. */
export interface Background {
  /** What the request that begins it carries beside the usual headers. */
  readonly headers?: (model: string, models: ModelSettings) => readonly Header[];
  /** Where to ask (GET) how far it is, and where to say (POST) that nobody waits any more; undefined: this answer is the last one. */
  next(answer: JsonObject): { readonly ask: string; readonly stop: string } | undefined;
}

/** Where files go before the request that names them. In the request they stand as data addresses, and then as what the answer says. */
export interface FilesTo {
  readonly path: string;
  /** Which members of the request, wherever they stand, name files: all else that looks like one is text. */
  readonly members: readonly string[];
  /** Of the form, which member holds the file. */
  readonly field: string;
  /** Other members of the form. */
  readonly beside?: (request: JsonObject) => JsonObject;
  /** Its address, or by what else the provider knows it. */
  placeIn(answer: JsonObject): string | undefined;
}

/** The hooks are few and closed, as those of a provider. None given: bytes pass both ways. */
export interface ServedAs {
  /** Where the provider takes it, when it is not where OpenAI does. */
  readonly path?: string | ((call: Call) => string);
  /** Its path, instead of `path`, where that hangs on what is asked. */
  pathFor?(request: JsonObject): string;
  readonly filesTo?: FilesTo;
  /** What `writeRequest` writes goes out as a form. */
  readonly asForm?: true;
  /** The request in the provider's own words. `request.model` is the name that the channel gave the model. JSON bodies only. */
  writeRequest?(request: JsonObject, models?: ModelSettings): JsonObject | Failure;
  readonly background?: Background;
  /** It is asked over a WebSocket. */
  readonly overSocket?: OverSocket;
  /** What the answer names by address and the client wants as bytes. What of it can be had comes to `readAnswer`. */
  addresses?(answer: JsonObject, request: JsonObject): readonly { readonly address: string; readonly kind: MediaKind }[];
  /** The member under which `readAnswer` finds the bytes of an answer that is a picture and no JSON, in base64. */
  readonly bytesAs?: string;
  /** Its answer in the words of the contract. Runs on whole JSON answers, never on streams. */
  readAnswer?(answer: JsonObject, request: JsonObject, media: Fetched): JsonObject | Blob | Failure;
  /** Where it reports tokens elsewhere than the endpoint looks: reads the `usage` (or `meta`) object of its own answer. */
  readonly readUsage?: UsageHook;
}

export type Served = Readonly<Partial<Record<EndpointName, ServedAs>>>;

export const isBlob = (answer: JsonObject | Blob): answer is Blob => Buffer.isBuffer(answer['bytes']);

/** For hooks: the object that an answer or request must be. */
export type { Json, JsonObject };
