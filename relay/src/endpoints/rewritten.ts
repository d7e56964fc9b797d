/** Requests and answers of providers whose words at an endpoint are not those of the contract. */
import { isObject } from '../dialects/json-member.ts';
import { parseLossless } from '../dialects/lossless-json.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import { Failure } from '../failure/failure.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import { isBlob, type Blob, type Fetched, type ServedAs } from './served.ts';

/** A request in the provider's words, and what reads its answer. */
export interface EndpointCall {
  readonly body: Buffer;
  /** Undefined: the answer passes as it is. `createdAt`: seconds since 1970, for answers that need a time and have none. */
  readonly readAnswer: ((body: Buffer, createdAt: number) => Blob | Failure) | undefined;
  /** As the client meant it, under the channel's name for the model. */
  readonly request: JsonObject;
}

const none: Fetched = new Map();

/** @param body names the model as the channel does */
export function writeEndpoint(served: ServedAs, body: Buffer, models?: ModelSettings): EndpointCall | Failure {
  const request = parseLossless(body.toString('utf8'));
  if (!isObject(request)) return new Failure('bad_request_body');
  const written = served.writeRequest ? served.writeRequest(request, models) : undefined;
  if (written instanceof Failure) return written;
  return {
    body: written && written !== request ? Buffer.from(JSON.stringify(written)) : body,
    readAnswer: served.readAnswer ? (answer, createdAt) => answerOf(served, answer, { request, media: none, createdAt }) : undefined,
    request,
  };
}

/** The same call, whose answer is read with what was fetched for it. */
export const withMedia = (call: EndpointCall, served: ServedAs, media: Fetched): EndpointCall => ({ ...call, readAnswer: (answer, createdAt) => answerOf(served, answer, { request: call.request, media, createdAt }) });

interface Around { readonly request: JsonObject; readonly media: Fetched; readonly createdAt: number }

function answerOf(served: ServedAs, body: Buffer, { request, media, createdAt }: Around): Blob | Failure {
  const answer = parseLossless(body.toString('utf8'));
  if (!isObject(answer)) return new Failure('bad_response_body', { note: 'not a JSON object' });
  const read = served.readAnswer?.(answer, request, media) ?? answer;
  if (read instanceof Failure) return read;
  if (isBlob(read)) return read;
  if (read === answer) return { contentType: 'application/json', bytes: body };
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(read['created'] === 0 ? { ...read, created: createdAt } : read)) };
}
