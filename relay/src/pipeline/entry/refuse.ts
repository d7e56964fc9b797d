import type { Surface } from '../../dialects/dialect.ts';
import type { FailureCode } from '../../failure/catalogue.ts';
import { inLanguageOf } from '../../failure/chinese.ts';
import type { Failure } from '../../failure/failure.ts';
import type { Story } from '../../trace/story.ts';
import type { Exchange } from '../exchange.ts';

/** Official clients repeat what has such a status, unless they are told not to (dialects 9.1). */
const hopeless: ReadonlySet<FailureCode> = new Set<FailureCode>(['api_not_implemented', 'loop_detected', 'model_not_found']);
const neverAgain = ['x-should-retry', 'false'];

/** Answers with the failure, in the words of the client's dialect and language. Once an answer has begun it does nothing. */
export function refuse(exchange: Exchange, found: Failure, dialect: Surface, story?: Story): void {
  story?.failed(found.code);
  if (exchange.begun || exchange.signal.aborted) return;
  const failure = inLanguageOf(exchange.headers.acceptLanguage, found), { verbatim } = failure.details;
  const { status, body } = verbatim === undefined ? dialect.renderFailure(failure, exchange.id) : { status: failure.status, body: undefined };
  const seconds = failure.details.retryAfterSeconds ?? (status === 503 ? 1 : undefined);
  const headers = hopeless.has(failure.code) ? neverAgain : seconds === undefined ? undefined : ['retry-after', String(seconds)];
  exchange.answer(status, 'application/json', verbatim ?? JSON.stringify(body), headers);
}
