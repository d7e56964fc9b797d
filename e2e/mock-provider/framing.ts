/** Events to bytes: one buffer for each frame, in the framing of the dialect. */
import type { DialectName, JsonObject } from './answer.ts';
import type { Orders } from './orders.ts';

export function frame(dialect: DialectName, event: JsonObject, lineEnd = '\n'): Buffer {
  const name = dialect === 'openai-chat' || dialect === 'gemini' ? '' : `event: ${String(event.type)}${lineEnd}`;
  return Buffer.from(`${name}data: ${JSON.stringify(event)}${lineEnd}${lineEnd}`);
}

/** Clients of gemini take no comments. */
export function ping(dialect: DialectName): Buffer {
  if (dialect === 'gemini') return Buffer.from('\r\n');
  return dialect === 'anthropic-messages' ? frame(dialect, { type: 'ping' }) : Buffer.from(': ping\n\n');
}

const ends = (event: JsonObject): boolean => event.type === 'message_stop' || event.type === 'response.completed' || JSON.stringify(event).includes('"finishReason"');

/** All frames of a stream, its end included unless the orders say otherwise. */
export function framesOf(dialect: DialectName, events: readonly JsonObject[], orders: Orders): Buffer[] {
  if (orders.has('empty-stream')) return [];
  const lineEnd = orders.has('crlf') || dialect === 'gemini' ? '\r\n' : '\n';
  const said = orders.has('no-end') ? events.filter((event) => !ends(event)) : events;
  const frames = said.map((event) => frame(dialect, event, lineEnd));
  const closes = dialect === 'openai-chat' && !orders.has('no-end') && !orders.has('error-in-stream');
  if (closes) frames.push(Buffer.from(`data: [DONE]${lineEnd}${lineEnd}`));
  if (orders.has('garbage-after-done')) frames.push(Buffer.from('data: {"half": \n\n\u0000\u0001 <html>'));
  return orders.has('at-once') ? [Buffer.concat(frames)] : frames;
}

/** A frame as the pieces in which it is written: whole, byte by byte, or cut inside its characters. */
export function piecesOf(bytes: Buffer, orders: Orders): Buffer[] {
  if (orders.has('one-byte')) return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  if (!orders.has('split-utf8')) return [bytes];
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = 1; at < bytes.length; at++) {
    if ((bytes[at]! & 0xc0) !== 0x80) continue;          // not inside a character
    pieces.push(bytes.subarray(from, at));
    from = at;
  }
  return pieces.length ? [...pieces, bytes.subarray(from)] : [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)];
}
