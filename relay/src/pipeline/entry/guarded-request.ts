/** The words that a prompt must not have (semantics 11.9): the request is refused, or goes on without them. */
import { Failure } from '../../failure/failure.ts';
import { allowedBody, sensitiveFault } from '../../routing/sensitive-words.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Exchange } from '../exchange.ts';
import type { Received } from './received.ts';

/** The request itself where nothing in it changes. Failure: `sensitive_words_detected`. */
export function guardedRequest(request: Received, client: Pick<Exchange, 'path' | 'query'>, { settings: { guards } }: Snapshot): Received | Failure {
  if (guards.sensitiveWords.length === 0) return request;
  // A form is not held, so that no word can be taken out of it.
  if (request.upload) return sensitiveFault(request.body, guards.sensitiveWords) ?? request;
  const body = allowedBody(request.body, guards);
  if (body instanceof Failure) return body;
  if (body === request.body) return request;
  const facts = request.dialect.scan(body, client);
  return facts instanceof Failure ? facts : request.rewritten(facts, body);
}
