/**
 * The neutral request and the neutral stream in which dialects meet (dialects 2). A reader turns frames of one dialect into
 * events; a writer turns events into frames of another. Nothing here knows a dialect or a provider.
 */
import type { Json, JsonObject } from '../framing/json.ts';
import type { UsageTokens } from '../gql/types.gen.ts';

export type { Json, JsonObject } from '../framing/json.ts';

/** `text` is a document that is plain text. A `fileId` belongs to one account at one provider. */
export type MediaSource = { url: string } | { base64: string; mime: string } | { fileId: string } | { text: string };

export type Part =
  /** A text of an answer may end with citations. */
  | { kind: 'text'; text: string; cache?: '5m' | '1h'; citations?: Citation[]; logprobs?: TokenLogprob[] }
  | { kind: 'reasoning'; text: string; signature?: string; redacted?: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'image'; source: MediaSource; detail?: string }
  | { kind: 'audio'; source: MediaSource; format: string; transcript?: string; id?: string }
  | { kind: 'video'; source: MediaSource; mime?: string }
  | { kind: 'file'; source: MediaSource; name?: string }
  | { kind: 'tool-call'; id: string; name: string; arguments: string; signature?: string }
  | { kind: 'tool-result'; id: string; parts: Part[]; failed?: boolean }
  /** Something only the dialect it came from knows; carried along and dropped, with a reason, where it cannot go. */
  | { kind: 'opaque'; dialect: string; raw: Json };

/** What a text rests on. Offsets count code points of the text of its part; both are 0 where it has no place. */
export interface Citation {
  kind: 'url' | 'document' | 'file' | 'container';
  url?: string;
  title?: string;
  /** What is cited, in its own words. */
  quote?: string;
  fileId?: string;
  start: number;
  end: number;
  /** As it came, for the dialect that it came from. */
  raw?: { dialect: string; wire: Json };
}

/** `bytes`: null where the token is not exactly the text. */
export interface TokenLogprob { token: string; logprob: number; bytes: number[] | null; top: TokenLogprob[] }

export interface Message { role: 'user' | 'assistant' | 'system'; parts: Part[]; name?: string }

export interface Tool {
  name: string;
  description?: string;
  schema?: JsonObject;
  strict?: boolean;
  cache?: '5m' | '1h';
  /** It takes free text: `schema` has it as one argument, `input`, for dialects that know none, and `description` tells its form. */
  custom?: JsonObject;
  /** A search of the web that the provider runs itself (dialects 5.5). */
  webSearch?: WebSearch;
  /** A tool that only the dialect it came from knows: as it came. It cannot go elsewhere. */
  native?: JsonObject;
}

export interface WebSearch { contextSize?: string; location?: JsonObject; allowedDomains?: string[]; blockedDomains?: string[]; maxUses?: number }

export type ToolChoice = { kind: 'auto' | 'none' | 'required' } | { kind: 'named'; name: string } | { kind: 'allowed'; names: string[]; must: boolean };

export interface ChatRequest {
  model: string;
  system: { text: string; cache?: '5m' | '1h' }[];
  messages: Message[];
  tools: Tool[];
  toolChoice?: ToolChoice;
  parallelTools?: boolean;
  maxOutputTokens?: number;
  temperature?: number;
  topP?: number;
  topK?: number;
  stop: string[];
  /** How many answers; undefined: one. */
  answers?: number;
  seed?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
  logitBias?: JsonObject;
  minP?: number;
  repetitionPenalty?: number;
  /** How many alternatives of each token are told. */
  logprobs?: { top: number };
  /** What the answer may be made of; undefined: text. */
  modalities?: string[];
  /** How it sounds and looks, as the client's dialect says it: `voice` is a name. */
  sound?: { voice?: string; format?: string };
  picture?: { aspect?: string; size?: string };
  /** `hidden`: the client wants none of its text, though it must carry its signatures. */
  reasoning?: { mode: 'off' | 'auto' | 'on'; effort?: string; budgetTokens?: number; hidden?: boolean };
  responseFormat?: { kind: 'json_object' } | { kind: 'json_schema'; name: string; description?: string; schema: JsonObject; strict?: boolean };
  stream: boolean;
  /** Whether the client expects a usage chunk at the end of a stream (openai-chat only). */
  streamUsage: boolean;
  userId?: string;
  verbosity?: string;
  /** Which requests share a cached beginning, and for how long it is kept. */
  cacheKey?: string;
  cacheRetention?: string;
  /** openai-chat: the client knows tools in their old form only. */
  oldFunctions?: boolean;
  /** openai-responses: the answer carries no signatures. */
  dropSignatures?: boolean;
  /** What was lost in reading it, one word each (dialects 4.10). */
  losses?: string[];
  /** Members as they came, for answers that repeat them (openai-responses). */
  echo?: JsonObject;
  /** Members that the neutral form has no place for, by the dialect they came from. */
  rest: { [dialect: string]: JsonObject };
}

export type FinishReason = 'stop' | 'stop_sequence' | 'length' | 'context_window' | 'tool_calls' | 'content_filter' | 'pause' | 'other';

export type ChatEvent =
  | { type: 'answer-start'; id: string; model: string; created: number }
  /** `part` without its growing text. Indexes count from 0 and are never used twice. `choice`: of several answers, from 0. */
  | { type: 'part-start'; index: number; part: Part; choice?: number }
  | { type: 'text-delta'; index: number; text: string; logprobs?: TokenLogprob[] }
  | { type: 'arguments-delta'; index: number; text: string }
  | { type: 'citation'; index: number; citation: Citation }
  | { type: 'signature-delta'; index: number; signature: string }
  | { type: 'part-end'; index: number }
  /** Cumulative: the last report wins. */
  | { type: 'usage-report'; tokens: UsageTokens }
  /** Once for each choice. `detail`: why it refused, in words. */
  | { type: 'answer-finish'; choice?: number; reason: FinishReason; sequence?: string; native?: string; detail?: string }
  /** Terminal: the upstream said that it failed, inside an answer that had begun. */
  | { type: 'answer-failure'; message: string; kind?: string }
  | { type: 'answer-end' };
