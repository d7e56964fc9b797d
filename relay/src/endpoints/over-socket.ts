/** Calls over a WebSocket: one message asks, others come until the last one. */
import type { Failure } from '../failure/failure.ts';
import type { JsonObject } from '../dialects/chat-event.ts';

/** What a message says: a piece of the answer (none where it only confirms), or that the provider refuses. Failure: it cannot be read. */
export type SocketWord = { readonly piece: Buffer | undefined; readonly isLast: boolean } | { readonly status: number; readonly refusal: Buffer } | Failure;

/** Reads the messages of one answer. */
export interface SocketReader {
  /** Of the answer that the pieces make. */
  readonly contentType: string;
  read(message: Buffer): SocketWord;
}

export interface OverSocket {
  /** The binary message that asks. @param body as it would go out otherwise */
  write(body: Buffer): Buffer;
  newReader(request: JsonObject): SocketReader;
}
