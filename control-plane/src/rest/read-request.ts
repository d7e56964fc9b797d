/** From an HTTP message to what routes bind: the path as it was spelled, the query, and the parsed body. */
import type { HttpMessage } from '../kernel/http/http-message.ts';
import type { RestRequest } from './bind.ts';

export class BodyFault {
  readonly reason: 'body_json' | 'body_object';
  constructor(reason: 'body_json' | 'body_object') { this.reason = reason; }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(strictUtf8.decode(body));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : new BodyFault('body_object');
  } catch {
    return new BodyFault('body_json');
  }
}

export function readRequest(message: HttpMessage): RestRequest | BodyFault {
  const body = parse(message.body);
  if (body instanceof BodyFault) return body;
  return { method: message.method, path: message.path, query: new Map(new URLSearchParams(message.query)), body };
}
