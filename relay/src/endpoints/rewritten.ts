/** Requests and answers of providers whose words at an endpoint are not those of the contract. */
import { isObject } from '../dialects/json-member.ts';
import { parseLossless } from '../dialects/lossless-json.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { Failure } from '../failure/failure.ts';
import { isBlob, type Blob, type ServedAs } from './served.ts';

/** A request in the provider's words, and what reads its answer. */
export interface EndpointCall {
  readonly body: Buffer;
  /** Undefined: the answer passes as it is. */
  readonly readAnswer: ((body: Buffer) => Blob | Failure) | undefined;
}

/** @param body names the model as the channel does */
export function writeEndpoint(served: ServedAs, body: Buffer): EndpointCall | Failure {
  const request = parseLossless(body.toString('utf8'));
  if (!isObject(request)) return new Failure('bad_request_body');
  const written = served.writeRequest ? served.writeRequest(request) : undefined;
  if (written instanceof Failure) return written;
  return {
    body: written ? Buffer.from(JSON.stringify(written)) : body,
    readAnswer: served.readAnswer ? (answer) => answerOf(served, answer, request) : undefined,
  };
}

function answerOf(served: ServedAs, body: Buffer, request: JsonObject): Blob | Failure {
  const answer = parseLossless(body.toString('utf8'));
  if (!isObject(answer)) return new Failure('bad_response_body', { note: 'not a JSON object' });
  const read = served.readAnswer?.(answer, request) ?? answer;
  if (read instanceof Failure) return read;
  return isBlob(read) ? read : { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(read)) };
}
