/**
 * Binary frames of AWS as SSE events: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html. An event keeps its
 * name; what wraps bytes in base64 is unwrapped, and its event is named as the bytes name themselves.
 */
import { crc32 } from 'node:zlib';
import { Failure } from '../failure/failure.ts';

const preludeBytes = 12, checkBytes = 4, textType = 7;
/** Larger than any event that a provider sends. */
const longestFrame = 24 << 20;
/** By the number of their type, the bytes of header values that have a fixed length. */
const fixedLengths: readonly number[] = [0, 0, 1, 2, 4, 8];

export class AwsEventStream {
  private rest: Buffer = Buffer.alloc(0);
  private broken: Failure | undefined;

  /** Failure: these are no such frames, or they were damaged. It is final. */
  push(chunk: Buffer): Buffer[] | Failure {
    if (this.broken) return this.broken;
    let bytes = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    const events: Buffer[] = [];
    while (bytes.length >= preludeBytes) {
      const length = bytes.readUInt32BE(0);
      if (length < preludeBytes + checkBytes || length > longestFrame || bytes.readUInt32BE(8) !== crc32(bytes.subarray(0, 8))) return this.fail('a frame with a wrong prelude');
      if (bytes.length < length) break;
      const frame = bytes.subarray(0, length);
      if (frame.readUInt32BE(length - checkBytes) !== crc32(frame.subarray(0, length - checkBytes))) return this.fail('a damaged frame');
      events.push(Buffer.from(asEvent(frame)));
      bytes = bytes.subarray(length);
    }
    this.rest = Buffer.from(bytes);
    return events;
  }

  /** Failure: the last frame is not complete. */
  end(): Buffer[] | Failure { return this.broken ?? (this.rest.length ? new Failure('answer_cut') : []); }

  private fail(note: string): Failure { return this.broken = new Failure('bad_response_body', { note }); }
}

function asEvent(frame: Buffer): string {
  const headersEnd = preludeBytes + frame.readUInt32BE(4);
  const headers = readHeaders(frame.subarray(preludeBytes, Math.min(headersEnd, frame.length - checkBytes)));
  const payload = frame.toString('utf8', headersEnd, frame.length - checkBytes);
  if (headers.get(':message-type') === 'event') return eventOf(headers.get(':event-type') ?? '', payload);
  const kind = headers.get(':exception-type') ?? headers.get(':error-code') ?? 'unknown';
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: kind, message: messageIn(payload) ?? headers.get(':error-message') ?? '' } })}\n\n`;
}

function eventOf(name: string, payload: string): string {
  const wrapped = name === 'chunk' ? /"bytes"\s*:\s*"([^"]*)"/.exec(payload)?.[1] : undefined;
  const data = wrapped === undefined ? payload : Buffer.from(wrapped, 'base64').toString('utf8');
  const event = wrapped === undefined ? name : /^\s*\{\s*"type"\s*:\s*"([a-z_]+)"/.exec(data)?.[1] ?? typeIn(data) ?? 'message';
  return `event: ${event}\ndata: ${data.replaceAll(/\r?\n/g, ' ')}\n\n`;
}

function readHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const nameEnd = at + 1 + (bytes[at] ?? 0), type = bytes[nameEnd] ?? textType;
    const fixed = fixedLengths[type];
    if (fixed !== undefined || type > textType) { at = nameEnd + 1 + (fixed ?? (type === 8 ? 8 : 16)); continue; }
    if (nameEnd + 3 > bytes.length) break;
    const valueEnd = nameEnd + 3 + bytes.readUInt16BE(nameEnd + 1);
    if (type === textType) headers.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', nameEnd + 3, valueEnd));
    at = valueEnd;
  }
  return headers;
}

const messageIn = (payload: string): string | undefined => memberIn(payload, 'message') ?? memberIn(payload, 'Message');
const typeIn = (payload: string): string | undefined => memberIn(payload, 'type');

/** Undefined: there is none, or the payload is not JSON and stands for itself. */
function memberIn(payload: string, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
