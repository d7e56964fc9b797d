/** Binary frames of VolcEngine's speech over a WebSocket (providers 3.8): one a message, a header of four bytes or more before it. */
import { gunzipSync } from 'node:zlib';
import type { SocketReader, SocketWord } from '../../endpoints/over-socket.ts';
import { Failure } from '../../failure/failure.ts';

/** Version 1 with a header of one word; a whole request; JSON that is not packed; reserved. */
const asking = Buffer.from([0x11, 0x10, 0x10, 0x00]);
const sound = 0b1011, refusal = 0b1111, packed = 1;
const mostBytes = 16 << 20;

export function askingFrame(body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([asking, size, body]);
}

/** Whose words say nothing about the status: what a client did wrong, and what passes by. */
const statuses: Readonly<Record<number, number>> = { 3001: 400, 3003: 429, 3010: 400, 3011: 400, 3050: 400 };

function read(message: Buffer): SocketWord {
  const at = (message[0]! & 0x0f) * 4, kind = message[1]! >> 4, flags = message[1]! & 0x0f;
  if (message.length < 4 || message[0]! >> 4 !== 1 || at < 4) return broken;
  // Others, and those without data, say that it is at work.
  if (kind !== refusal && (kind !== sound || flags === 0)) return nothing;
  if (message.length < at + 8) return broken;
  const bytes = message.readUInt32BE(at + 4), sent = message.subarray(at + 8, at + 8 + bytes);
  const piece = sent.length < bytes ? undefined : (message[2]! & 0x0f) === packed ? unpacked(sent) : sent;
  if (!piece) return broken;
  if (kind === refusal) return refused(message.readUInt32BE(at), piece);
  return { piece: piece.length > 0 ? piece : undefined, isLast: message.readInt32BE(at) < 0 };
}

/** Undefined: it cannot be, or is larger than any frame. */
function unpacked(bytes: Buffer): Buffer | undefined {
  try {
    return bytes.length > 0 ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes;
  } catch {
    return undefined;                                    // what is wrong with it makes no difference: the frame is broken
  }
}

const broken = new Failure('bad_response_body', { note: 'a frame that is cut' });
const nothing: SocketWord = { piece: undefined, isLast: false };

const refused = (code: number, said: Buffer): SocketWord => ({ status: statuses[code] ?? 502, refusal: Buffer.from(JSON.stringify({ code, message: said.toString('utf8') })) });

/** Sound as it is made. */
export const soundReader = (contentType: string): SocketReader => ({ contentType, read });
