/** A wire language, as one codec (house-style B4). Equal dialects never run it: their bytes pass, and a watch reads a copy. */
import type { Failure } from '../failure/failure.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import type { ChatEvent, ChatRequest, Json } from './chat-event.ts';

export type DialectName = 'openai-chat' | 'anthropic-messages';

/** A value's exact place in the body: `bytes[start, end)` is the JSON value itself, quotes included. */
export interface Span { start: number; end: number }

/** What routing, pricing and pass-through need from a body, found without parsing what they do not need. */
export interface RequestFacts {
  model: string;
  modelSpan: Span;
  stream: boolean;
  /** The larger of the limits that the dialect knows; 0 when the client set none. */
  maxOutputTokens: number;
  /** openai-chat: whether the client asked for the usage chunk itself. Always true elsewhere. */
  wantsUsage: boolean;
}

/** One SSE event, or a whole JSON body (then `event` is undefined). */
export interface Frame { event: string | undefined; data: string }

/** Follows an answer that passes through as bytes. `see` must cost almost nothing; `report` may read what it kept. */
export interface AnswerWatch {
  see(chunk: Buffer): void;
  report(): AnswerReport;
}

export interface AnswerReport {
  /** As the upstream reported them; undefined when it did not, or when the figures are absurd. */
  tokens: UsageTokens | undefined;
  /** Text that was received, counted by ourselves; for endings without a report. */
  receivedTokens: number;
  /** The answer ended as its dialect says an answer ends. */
  complete: boolean;
  /** An error event inside an answer that had begun as a success. */
  failure: Failure | undefined;
}

export interface AnswerReader { read(frame: Frame): ChatEvent[]; /** The connection ended: what must still be said. */ end(): ChatEvent[] }
export interface AnswerWriter { write(event: ChatEvent): Frame[] }

export interface WriterOptions { requestId: string; model: string; streamUsage: boolean }

export interface Dialect {
  readonly name: DialectName;

  /** Routing facts of a body, by a partial scan. A Failure names the member that is missing or wrong. */
  scan(body: Buffer): RequestFacts | Failure;
  /** The body with another model name, and with the wish for a usage chunk where billing needs one; all other bytes unchanged. */
  rewrite(body: Buffer, facts: RequestFacts, edit: { model?: string; askUsage?: boolean }): Buffer;
  watch(options: { stream: boolean }): AnswerWatch;

  readRequest(body: Json): ChatRequest | Failure;
  writeRequest(request: ChatRequest): Json | Failure;
  newReader(): AnswerReader;
  newWriter(options: WriterOptions): AnswerWriter;
  /** A whole, unstreamed answer. */
  readAnswer(body: Json): ChatEvent[] | Failure;
  writeAnswer(events: readonly ChatEvent[], options: WriterOptions): Json;

  /** Model tokens of the request, estimated; used for the hold and where the upstream stays silent. */
  estimateInput(body: Buffer): number;

  renderFailure(failure: Failure, requestId: string): { status: number; body: Json };
  /** After the first byte: the failure as an event of the dialect, followed by its proper end. */
  renderStreamFailure(failure: Failure, requestId: string): Frame[];
}
