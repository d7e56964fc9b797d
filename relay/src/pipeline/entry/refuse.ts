import type { Surface } from '../../dialects/dialect.ts';
import { inLanguageOf } from '../../failure/chinese.ts';
import type { Failure } from '../../failure/failure.ts';
import type { Story } from '../../trace/story.ts';
import type { Exchange } from '../exchange.ts';

/** Answers with the failure, in the words of the client's dialect and language. Once an answer has begun it does nothing. */
export function refuse(exchange: Exchange, found: Failure, dialect: Surface, story?: Story): void {
  story?.failed(found.code);
  if (exchange.begun || exchange.signal.aborted) return;
  const failure = inLanguageOf(exchange.headers.acceptLanguage, found), { verbatim } = failure.details;
  const { status, body } = verbatim === undefined ? dialect.renderFailure(failure, exchange.id) : { status: failure.status, body: undefined };
  const seconds = failure.details.retryAfterSeconds ?? (status === 503 ? 1 : undefined);
  exchange.answer(status, 'application/json', verbatim ?? JSON.stringify(body), seconds === undefined ? undefined : ['retry-after', String(seconds)]);
}
