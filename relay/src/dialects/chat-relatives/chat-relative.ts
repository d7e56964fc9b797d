/** Wires that say what Chat Completions says, in other words: each is put into its words and out of them, and read by its reader. */
import { Failure } from '../../failure/failure.ts';
import type { Unframe } from '../../framing/unframe.ts';
import type { ChatRequest, JsonObject } from '../chat-event.ts';
import { watchOf } from '../metering/codec-watch.ts';
import type { Codec, Frame, ReaderOptions } from '../dialect.ts';
import { isObject } from '../json-member.ts';
import { newReader as newChatReader, readAnswer as readChat } from '../openai-chat/reader.ts';
import { writeRequest as writeChat } from '../openai-chat/request-writer.ts';
import { readRefusal } from '../upstream-refusal.ts';

/** A chunk of Chat Completions, or word that nothing follows. */
export type Said = JsonObject | 'end';

export interface ChatRelative {
  readonly name: string;
  readonly path: string;
  readonly callPath?: Codec['callPath'];
  /** The request in its words. @param chat as Chat Completions would have it */
  readonly write: (chat: JsonObject, request: ChatRequest) => JsonObject | Failure;
  /** For one stream: the chunks that an event stands for. An error is a chunk with `error`. */
  readonly newTranslator: () => (frame: Frame) => readonly Said[];
  /** A whole answer as a chat completion; undefined: it is none. */
  readonly whole: (answer: JsonObject) => JsonObject | undefined;
  /** For framings that are not SSE. */
  readonly unframe?: () => Unframe;
  /** For wires that are a WebSocket. */
  readonly isLast?: Codec['isLast'];
}

export function chatRelative({ name, path, callPath, write, newTranslator, whole, unframe, isLast }: ChatRelative): Codec {
  const newReader: Codec['newReader'] = (options: ReaderOptions = {}) => {
    const reader = newChatReader(options), translate = newTranslator();
    return {
      read: (frame) => translate(frame).flatMap((said) => reader.read({ event: undefined, data: said === 'end' ? '[DONE]' : JSON.stringify(said) })),
      end: () => reader.end(),
    };
  };
  const readAnswer: Codec['readAnswer'] = (body, options) => readChat((isObject(body) ? whole(body) : undefined) ?? null, options);
  return {
    name, path, ...(callPath ? { callPath } : {}), ...(unframe ? { unframe } : {}), ...(isLast ? { isLast } : {}),
    clientHeaders: [], headers: [],
    // Its watch reads every event, and knows.
    holdsEnd: () => false,
    watch: watchOf({ newReader, readAnswer }, () => false),
    writeRequest: (request, options) => {
      const chat = writeChat(request, options);
      return chat instanceof Failure ? chat : write(chat, request);
    },
    newReader, readAnswer,
    readFailure: readRefusal,
  };
}

/** A chunk that grows the only answer. */
export const grows = (delta: JsonObject, more: JsonObject = {}): JsonObject => ({ ...more, choices: [{ index: 0, delta, finish_reason: null }] });

/** The chunk that ends it. */
export const stops = (reason: string, usage: JsonObject | undefined): JsonObject => ({ choices: [{ index: 0, delta: {}, finish_reason: reason }], ...(usage ? { usage } : {}) });

export const failed = (message: string, code?: string): JsonObject => ({ error: { message, ...(code === undefined ? {} : { code }) } });
