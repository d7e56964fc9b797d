/** A wire language, as one codec (house-style B4). Equal dialects never run it: their bytes pass, and a watch reads a copy. */
import type { Failure } from '../failure/failure.ts';
import type { FormFile } from '../framing/form-scan.ts';
import type { Frame } from '../framing/frame.ts';
import type { Span } from '../framing/json-cursor.ts';
import type { Unframe } from '../framing/unframe.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import type { CallUnits } from './metering/call-units.ts';
import type { Advice } from './metering/advice.ts';
import type { ToolUse } from './metering/tool-use.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import type { AnswerStep } from './steps/answer-step.ts';
import type { AnswerFraming } from './answer/answer-framing.ts';
import type { ChatEvent, ChatRequest, Json, JsonObject } from './chat-event.ts';
import type { UsageHook } from './metering/usage.ts';

export type { Frame } from '../framing/frame.ts';
export type { Span } from '../framing/json-cursor.ts';

export type DialectName = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

/** Where a request was sent: some dialects say there what others say in the body. Folded, the query without its question mark. */
export interface RequestAddress {
  readonly path: string;
  readonly query: string;
  /** Of the request; absent where there is none of its own. */
  readonly id?: string;
}

/** What of a request the address of its upstream call may depend on. */
export interface CallPlan {
  /** As the upstream knows it. */
  readonly model: string;
  readonly stream: boolean;
  /** Where both ends speak one dialect: the version of the API that the client asked for, and its query without keys. */
  readonly version?: string | undefined;
  readonly query?: string | undefined;
}

/** What routing, pricing and pass-through need from a body, found without parsing what they do not need. */
export interface RequestFacts {
  model: string;
  /** Undefined where the model stands in the address. */
  modelSpan: Span | undefined;
  stream: boolean;
  /** The larger of the limits that the dialect knows; 0 when the client set none. */
  maxOutputTokens: number;
  /** openai-chat: whether the client asked for the usage chunk itself. Always true elsewhere. */
  wantsUsage: boolean;
  /** Where a member can be inserted: behind the opening brace. */
  inside: number;
  /** Where sealed signatures of other houses stand: no upstream of this dialect may see them (dialects 3). */
  sealed: readonly number[];
  /** openai-chat: the value of `stream_options`, when there is one. */
  streamOptions: Span | undefined;
  /** The answer is no text: no output has to be reserved for. */
  noOutput?: boolean;
  /** How hard the model shall think, in the client's word for it, where its dialect has one. */
  effort?: string;
  /** The body lacks the name of the model, and the upstream wants it there. */
  unnamed?: boolean;
  /** The body lacks a limit of the output, and the upstream wants one (providers 4.3). */
  unlimited?: boolean;
  /** Model tokens of the request, where they are known already; absent: `estimateInput` tells. */
  estimatedInput?: number | undefined;
  /** The names under which a price is looked for, in this order; absent: the model. */
  priceNames?: readonly string[];
  /** What a price by call is multiplied with; absent: 1. */
  units?: CallUnits;
  /** What an answer of bytes is, where its provider does not say it. */
  bytesType?: string;
  /** For `CallPlan`. */
  version?: string;
  query?: string;
  /** A stream in a form that is not SSE. */
  streamForm?: 'json-array';
  /** Which of the members are there that an operator decides about: see `guardedMembers`. */
  guarded?: readonly string[];
  /** The id of an earlier answer that it goes on from. */
  follows?: string;
  /** Members that no upstream may see. */
  unsent?: readonly Span[];
}

/** `api-key`: x-api-key wins; `google`: x-goog-api-key and the query win; `any`: every one is known. */
export type KeyPlace = 'authorization' | 'api-key' | 'google' | 'any';

export interface WatchOptions { stream: boolean; /** An answer that is neither JSON nor events. */ bytes?: boolean; usage?: UsageHook | undefined; /** See `RequestFacts`. */ form?: RequestFacts['streamForm'] }

/** Follows an answer that passes through as bytes. `see` costs almost nothing; `report` reads what was kept. */
export interface AnswerWatch {
  /** The watch holds on to the bytes for a while: unless it `copies`, the caller must not write into them again. */
  see(chunk: Buffer): void;
  /** What it keeps of a chunk is its own. */
  readonly copies?: boolean;
  /** What is known so far. May be asked at any time, also between chunks. */
  report(): AnswerReport;
  /** Of the last event, where the dialect numbers them. */
  sequence?(): number | undefined;
  /** Set by watches that read every event as it comes: the answer says that it failed. */
  readonly failed?: boolean;
  /** Signatures that the answer carried whole, where its dialect has any; to be asked for once, at its end. */
  signatures?(): readonly string[];
  /** Set by the same ones: the last event has come. */
  readonly whole?: boolean;
}

export interface PassedAnswer {
  /** Of its last event, where its dialect numbers them. */
  readonly sequence: number | undefined;
  /** By which its provider knows it, where clients may go on from it. */
  readonly id: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

export interface AnswerReport {
  /** As the upstream reported them; undefined when it did not, or when the figures are absurd. */
  tokens: UsageTokens | undefined;
  /** What it said when it began, where the report at the end is missing: true for the input and its cache parts only. */
  begun: UsageTokens | undefined;
  /** Text that was received, counted by ourselves (about); for endings without a report. */
  receivedTokens: number;
  /** The answer ended as its dialect says an answer ends. */
  complete: boolean;
  /** An error event inside an answer that had begun as a success. */
  failure: Failure | undefined;
  /** Tools of the provider that are paid by the call. */
  tools?: ToolUse;
  /** What other models were asked inside the answer. */
  advice?: readonly Advice[];
  /** How many things (pictures) were made, where the answer lists them. */
  made?: number;
}

export interface AnswerReader { read(frame: Frame): ChatEvent[]; /** The connection ended: what must still be said. */ end(): ChatEvent[] }
export interface AnswerWriter {
  write(event: ChatEvent): Frame[];
  /** The failure that ends this answer, where the dialect says it in terms of what came before; else `renderStreamFailure` does. */
  fail?(failure: Failure): Frame[];
}

/** Makes the few edits of dialects 3 in an answer that passes as bytes. What it returns goes to the client at once. */
export interface AnswerEditor {
  push(chunk: Buffer): Buffer[];
  /** The upstream ended: what was held back. */
  end(): Buffer[];
}

export interface AnswerEdits {
  stream: boolean;
  /** openai-chat: take out the usage chunk that only we asked for. */
  dropUsage: boolean;
  /** openai-chat: mend what servers that are only like OpenAI leave out. */
  repair?: boolean;
  /** Set the model name back to this one; given only where a mapping was applied. */
  model: string | undefined;
  form?: RequestFacts['streamForm'];
}

/** How an answer is written for its client; made by `writerOptions`. */
export interface WriterOptions {
  requestId: string;
  /** The name that the client asked for. */
  model: string;
  streamUsage: boolean;
  /** Unix seconds, for upstreams that do not say when they began. */
  createdAt?: number;
  /** Unix seconds, asked when the answer ends. */
  now?: () => number;
  /** What of the reasoning the client sees: its text and signatures (default), signatures only, or nothing. */
  reasoning?: 'shown' | 'signed' | 'hidden';
  /** openai-responses: the client did not ask for the signatures. */
  dropSignatures?: boolean;
  /** Members of the request that the answer repeats. */
  echo?: JsonObject;
  /** openai-chat: thoughts stand in `reasoning` too. */
  alsoReasoning?: boolean;
  /** How many answers it asked for; undefined: one. */
  answers?: number;
  /** The tools that take free text instead of arguments. */
  customTools?: ReadonlySet<string>;
  /** openai-chat: it knows tools in their old form only. */
  oldFunctions?: boolean;
  /** It gave the model a web search: citations of the web are no surprise to it. */
  webSearch?: boolean;
  /** The client's names of tools that the upstream knows by shorter ones. */
  toolNames?: ReadonlyMap<string, string>;
}

/** What a request lost on its way to another dialect is told to `warn`, one word each (dialects 4.10). */
export interface RequestOptions {
  warn?: (loss: string) => void;
  /** What the dialect cannot do is done with its answer. Not given: then it cannot be done at all. */
  step?: (make: () => AnswerStep) => void;
  /** What the operator says of the models; absent: what is usual, and nothing of safety. */
  models?: ModelSettings;
  /** openai-chat: the relative takes marks of caching, and videos. */
  cacheMarks?: boolean;
  videos?: boolean;
}

/** How an upstream's answer is read. */
export interface ReaderOptions {
  usage?: UsageHook;
  /** Who made the answer: signatures go back to the same one only. Default: the dialect's own house. */
  family?: string;
}

/**
 * One kind of call, as clients and upstreams take it: what bytes that pass need. A dialect of chat can be converted too; the other
 * endpoints (endpoints/) are this and no more.
 */
export interface Surface {
  readonly name: string;
  /** Where clients and upstreams take it. */
  readonly path: string;
  /** Where an upstream takes this call, if that is not `path` for all of them. */
  callPath?(call: CallPlan): string;
  /** What it makes must not be made twice: after an uncertain failure it is not sent again (UPS-03). */
  readonly once?: true;
  /** Which headers a client's key may stand in, beside `authorization`. */
  readonly keyPlace: KeyPlace;
  /** Client headers that go upstream when both ends speak this dialect (lower case; providers 1.2). */
  readonly clientHeaders: readonly string[];
  /** Headers that a request must carry; the client's own value wins. */
  readonly headers: readonly (readonly [string, string])[];

  /** Whether this piece of a stream has its last event in it: who has received that holds the whole answer. */
  holdsEnd(piece: Buffer): boolean;

  /** Routing facts of a body, by a partial scan. A Failure names the member that is missing or wrong. */
  scan(body: Buffer, address?: RequestAddress): RequestFacts | Failure;
  /** The body with another model name, and with the wish for a usage chunk where billing needs one; all other bytes unchanged. */
  rewrite(body: Buffer, facts: RequestFacts, edit: { model?: string; askUsage?: boolean; limit?: number; /** The house that it goes to. */ family?: string }): Buffer;
  watch(options: WatchOptions): AnswerWatch;
  /** Answers may be something else than JSON and events. */
  readonly passesBytes?: boolean;
  /** The id of answers, where clients of the address expect a form of their own. */
  readonly answerId?: (requestId: string) => string;
  /** Where clients speak it in another form. */
  readonly clientForm?: ClientForm;
  /** How it is read where it comes as a form. */
  readonly form?: FormPlan;
  /** Undefined when there is nothing to edit: then the bytes are piped. An edited JSON answer changes its length. */
  editAnswer(edits: AnswerEdits): AnswerEditor | undefined;

  /** Model tokens of the request, estimated; used for the hold and where the upstream stays silent. */
  estimateInput(body: Buffer): number;

  /** What an upstream said when it refused (status above 299, or an error inside a 2xx): classified, cleaned, safe to show. */
  readFailure(status: number, body: Buffer): Failure;
  renderFailure(failure: Failure, requestId: string): { status: number; body: Json };
  /** The form of a stream on the wire, for one answer. */
  /** @param begun the beginning of the answer passes as it came */
  newFraming(form?: RequestFacts['streamForm'], begun?: boolean): AnswerFraming;
  /** After the first byte: the failure as an event of the dialect, followed by its proper end. */
  /** @param passed what is known of the answer that passed as bytes before */
  renderStreamFailure(failure: Failure, requestId: string, passed?: PassedAnswer): Frame[];
}

/**
 * A body of a client in another form than the surface's own, taken over before it is scanned. `give` puts a whole answer back into the
 * client's form; absent: it passes.
 */
export type ClientForm = (body: Buffer, address: RequestAddress) => { readonly body: Buffer; readonly give?: (answer: JsonObject) => JsonObject } | Failure;

/** How much of a form is read before it is sent on, and what it means. */
export interface FormPlan {
  /** The field that is enough; absent: the whole form, as its price hangs on fields behind the files. */
  readonly until?: string;
  /** The file that it must hold, where the members do not say so. */
  readonly file?: string;
  /** A form here is nothing but its fields: it is taken as JSON. */
  readonly asJson?: boolean;
  /** As in `ClientForm`. */
  readonly give?: (answer: JsonObject) => JsonObject;
  /** JSON is not taken. */
  readonly only: boolean;
  /** Model tokens of the files, estimated. */
  estimate(files: readonly FormFile[], formBytes: number): number;
}

export interface Dialect extends Surface {
  readonly name: DialectName;
  /** The names of tools that it takes; undefined: letters, digits, `_` and `-`, up to 64. */
  readonly toolNames?: RegExp;
  /** Its own names of members that writers of other dialects know by another: of the list of messages, and of wishes. */
  readonly memberNames?: Readonly<Record<string, string>>;

  /** @param facts for what does not stand in the body */
  readRequest(body: Json, facts?: Pick<RequestFacts, 'model' | 'stream'>): ChatRequest | Failure;
  writeRequest(request: ChatRequest, options?: RequestOptions): JsonObject | Failure;
  newReader(options?: ReaderOptions): AnswerReader;
  newWriter(options: WriterOptions): AnswerWriter;
  /** A whole, unstreamed answer. */
  readAnswer(body: Json, options?: ReaderOptions): ChatEvent[] | Failure;
  writeAnswer(events: readonly ChatEvent[], options: WriterOptions): Json;
}

/** What the relay needs of whatever is spoken to an upstream, converted or passing. */
export type Wire = Pick<Surface, 'name' | 'path' | 'callPath' | 'clientHeaders' | 'headers' | 'holdsEnd' | 'watch' | 'readFailure'>;

/** A language of upstreams alone: requests are converted to it and answers from it, and no client speaks it. */
export type Codec = Wire & Pick<Dialect, 'writeRequest' | 'newReader' | 'readAnswer' | 'toolNames'> & {
  /** For framings that no content type tells. */
  readonly unframe?: () => Unframe;
  /** It is spoken over a WebSocket, one message one way and some the other: whether this one is the last. */
  readonly isLast?: (message: string) => boolean;
};

export const isDialect = (wire: Wire): wire is Dialect => 'readRequest' in wire;
export const isCodec = (wire: Wire): wire is Codec => 'writeRequest' in wire;
