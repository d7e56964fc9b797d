/**
 * A provider: one vendor's API, as data and the few lines in which it differs from the dialects that it speaks. Adding one is
 * adding a file in this folder and its fixtures; `pnpm gen` lists it. See docs/providers.md.
 */
import type { ChatRequest, JsonObject } from '../dialects/chat-event.ts';
import type { CallPlan, Dialect } from '../dialects/dialect.ts';
import type { UsageHook } from '../dialects/usage.ts';
import type { Failure } from '../failure/failure.ts';
import type { ProviderInfo } from '../gql/types.gen.ts';
import type { ChannelExtra } from '../snapshot/snapshot.ts';

export type Header = readonly [name: string, value: string];

/** The fields of a channel's credential, by name. */
export type Credential = Readonly<Record<string, string>>;

export type Authorize = (credential: Credential, extra: ChannelExtra) => readonly Header[];

/** One call, as far as it decides where it goes and what it carries. */
export interface Call extends CallPlan {
  /** What is spoken upstream. */
  readonly dialect: Dialect;
  readonly credential: Credential;
  readonly extra: ChannelExtra;
}

/** The hooks are few and closed. A need for another is a conversation: a dialect's option, or a new dialect. */
export interface ProviderHooks {
  /** The path of a call, with its query, where it is not the dialect's own; or a whole address. */
  path?(call: Call): string;
  /** Last changes to a converted request, which is this provider's alone. */
  writeRequest?(wire: JsonObject, request: ChatRequest, dialect: Dialect): JsonObject | Failure;
  readUsage?: UsageHook;
  /** What it means when it refuses; `usual` is the dialect's reading. */
  readFailure?(status: number, body: Buffer, usual: Failure): Failure;
}

export interface Provider extends ProviderHooks {
  readonly name: string;
  readonly label: string;
  /** Channel type number of the contract. */
  readonly type: number;
  /** Where a channel without an address of its own sends. */
  readonly baseUrl: string;
  /** The form that the console draws: field name to how it is shown. */
  readonly credential: Readonly<Record<string, 'secret' | 'text' | 'json'>>;
  readonly authorize: Authorize;
  /** The first one is preferred where a request must be converted. */
  readonly speaks: readonly [Dialect, ...Dialect[]];
  readonly suggestedModels: readonly string[];
}

export const provider = (spec: Provider): Provider => Object.freeze(spec);

export const bearer = (field: string): Authorize => (credential) => [['authorization', `Bearer ${credential[field] ?? ''}`]];

export const headerKey = (header: string, field: string): Authorize => (credential) => [[header, credential[field] ?? '']];

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
