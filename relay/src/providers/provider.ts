/**
 * A provider: one vendor's API, as data and the few lines in which it differs from the dialects that it speaks. Adding one is
 * adding a file in this folder and its fixtures; `pnpm gen` lists it. See docs/providers.md.
 */
import type { ChatRequest, JsonObject } from '../dialects/chat-event.ts';
import type { CallPlan, Codec, Wire } from '../dialects/dialect.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import type { ModelSuffixes } from './parts/model-suffixes.ts';
import type { UsageHook } from '../dialects/metering/usage.ts';
import type { FilesTo, Served } from '../endpoints/served.ts';
import type { Failure } from '../failure/failure.ts';
import type { ProviderInfo } from '../gql/types.gen.ts';
import type { Means, Signature, Unsigned } from '../signing/signature.ts';
import type { Abilities } from './parts/capabilities.ts';
import type { ListModels, ReadBalance } from './asking/ask.ts';

export type Header = readonly [name: string, value: string];

/** The fields of a channel's credential, by name. */
export type Credential = Readonly<Record<string, string>>;

export type Authorize = (credential: Credential, extra: ChannelExtra) => readonly Header[];

/** What some providers need to know of a channel; empty where nobody said. */
export interface ChannelExtra {
  /** Account id, region, API version, bot id: the provider knows which. */
  readonly other: string;
  readonly organization: string;
  /** Switches of single providers. */
  readonly settings: JsonObject;
}

/** One call, as far as it decides where it goes and what it carries. */
export interface Call extends CallPlan {
  /** What is spoken upstream. */
  readonly dialect: Wire;
  readonly credential: Credential;
  readonly extra: ChannelExtra;
  readonly models?: ModelSettings;
  /** The address of the channel, or else of the provider; without slashes at its end. */
  readonly base: string;
}

/** The hooks are few and closed. A need for another is a conversation: a dialect's option, or a new dialect. */
export interface ProviderHooks {
  /** The path of a call, with its query, where it is not the dialect's own; or a whole address. */
  path?(call: Call): string;
  /** Last changes to a converted request, which is this provider's alone. */
  writeRequest?(wire: JsonObject, request: ChatRequest, dialect: Codec, models: ModelSettings): JsonObject | Failure;
  /** What a body that is complete is put into, where the address says what others say in the body. Edits bytes, as bodies may pass. */
  wrapBody?(body: Buffer, call: Call, client: (header: string) => string, models: ModelSettings): Buffer;
  /** Its whole answers stand in the member `data` of an object, on channels that say so. */
  wrapsAnswers?(extra: ChannelExtra): boolean;
  /** Files of converted requests go ahead of them. */
  filesTo?: FilesTo;
  readUsage?: UsageHook;
  /** What it means when it refuses; `usual` is the dialect's reading. */
  readFailure?(status: number, body: Buffer, usual: Failure): Failure;
  /** Its models, where it tells them. */
  listModels?: ListModels;
  /** What is left on the account, where it tells that. */
  balance?: ReadBalance;
}

export interface Provider extends ProviderHooks {
  readonly name: string;
  readonly label: string;
  /** Channel type number of the contract. */
  readonly type: number;
  /** It has no type of its own: channels of this type that name it, or stand at its address, are its. */
  readonly preset?: true;
  /** Where a channel without an address of its own sends. */
  readonly baseUrl: string;
  /** The form that the console draws: field name to how it is shown. */
  readonly credential: Readonly<Record<string, 'secret' | 'text' | 'json'>>;
  /** How a stored secret of several pieces with `|` between them is read: by the number of its pieces. Default: one piece. */
  readonly pieces?: readonly (readonly string[])[];
  readonly authorize: Authorize;
  /** Where it takes a language, when not where that says: for all calls alike, unlike `path`. */
  readonly places?: Readonly<Record<string, string>>;
  /** The first one is preferred where a request must be converted. */
  readonly speaks: readonly Codec[];
  /** Which of them one model understands, where not each understands all; the best one first. The credential is the first of the channel. */
  readonly languages?: (model: string, extra: ChannelExtra, credential: Credential) => readonly Codec[];
  /** What is added to a complete request, beside what `authorize` says: signatures, and tokens that are fetched. */
  readonly sign?: (request: Unsigned, call: Call, means: Means) => Promise<Signature | Failure>;
  /** What it serves beside chat. `{}`: with the path and the wire of OpenAI. */
  readonly serves?: Served;
  readonly suggestedModels: readonly string[];
  /** Endings of its models' names that mean something to clients and nothing to it. */
  readonly suffixes?: ModelSuffixes;
  /** It is a home of the models whose dialect it speaks: their signatures are the house's own, wherever they run. */
  readonly house?: true;
  /** Its streams are what official clients expect, and pass as they are. */
  readonly exact?: true;
  /** What it cannot do of what OpenAI can; for converted requests, and for the wish for usage. */
  readonly able?: Abilities;
}

export const provider = (spec: Provider): Provider => Object.freeze(spec);

export const bearer = (field: string): ((credential: Credential) => readonly Header[]) => (credential) => [['authorization', `Bearer ${credential[field] ?? ''}`]];

export const headerKey = (header: string, field: string): ((credential: Credential) => readonly Header[]) => (credential) => [[header, credential[field] ?? '']];

/** A header that is sent where there is something to say. */
export const given = (name: string, value: string | undefined): readonly Header[] => (value ? [[name, value]] : []);

/** As the relay announces it to the control plane. */
export const announce = (one: Provider): ProviderInfo => ({
  name: one.name,
  label: one.label,
  type: one.type,
  baseUrl: one.baseUrl,
  dialects: one.speaks.map((dialect) => dialect.name),
  credential: Object.entries(one.credential).map(([name, kind]) => ({ name, kind })),
  suggestedModels: [...one.suggestedModels],
});
