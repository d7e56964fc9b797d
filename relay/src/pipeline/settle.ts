/** The end of an exchange in the books: every reservation comes here exactly once. */
import { noTokens } from '../dialects/usage.ts';
import { Failure } from '../failure/failure.ts';
import type { Admission, Ending, Reservation } from '../quota/reservation.ts';
import type { Delivery } from './deliver.ts';
import type { Dispatched } from './dispatch.ts';
import { type AnswerFacts, type Verdict, verdictOf } from './ending.ts';
import type { Exchange } from './exchange.ts';

/** @param delivery undefined: there was nothing to deliver */
export function settle(reservation: Reservation, exchange: Exchange, admission: Admission, way: Dispatched, delivery: Delivery | undefined, now: number, firstByteMs: number | null): Ending {
  const left = delivery ? delivery.clientGone : way.result instanceof Failure && way.result.code === 'client_gone';
  // Who was sent away by a relay that goes does not pay for what did not arrive.
  const clientGone = left && !exchange.expired;
  const facts: AnswerFacts = {
    stream: admission.stream, estimatedInput: admission.estimatedInput, dispatched: way.dispatched, clientGone,
    report: delivery?.report, broken: delivery?.broken,
  };
  const verdict = verdictOf(facts);
  const failure = delivery?.failure ?? (way.result instanceof Failure ? way.result : undefined);
  const ending = endingOf(verdict, way, failure, statusOf(exchange, failure, clientGone), now, firstByteMs);
  if (verdict.charged) reservation.settle(ending); else reservation.release(ending);
  return ending;
}

function endingOf(verdict: Verdict, way: Dispatched, failure: Failure | undefined, status: number, endedAt: number, firstByteMs: number | null): Ending {
  const { end, tokens, source, lostTokens } = verdict;
  return {
    endedAt, channelId: way.channelId, upstreamModel: way.upstreamModel, attempts: way.attempts, status,
    failure: failure?.code ?? null, end, firstByteMs, tokens, source, ...(lostTokens ? { lostTokens } : {}),
  };
}

/** What the client saw. A stream that began is 200, however it ended. */
function statusOf(exchange: Exchange, failure: Failure | undefined, clientGone: boolean): number {
  if (clientGone && !exchange.begun) return 499;
  return failure && !exchange.begun ? failure.status : 200;
}

/** The ending of a request that was refused before it was admitted. */
export const refusedEnding = (failure: Failure, now: number): Ending => ({
  endedAt: now, channelId: null, upstreamModel: null, attempts: [], status: failure.status, failure: failure.code,
  end: 'NONE', firstByteMs: null, tokens: noTokens, source: 'NONE',
});
