/** The end of an exchange in the books: every reservation comes here exactly once. */
import { noTokens } from '../../dialects/metering/usage.ts';
import { Failure } from '../../failure/failure.ts';
import type { Ending } from '../../quota/reservation.ts';
import type { Admitted } from '../admitted.ts';
import { besideTokens } from './beside-tokens.ts';
import type { Delivery } from './deliver.ts';
import type { Dispatched } from '../dispatch.ts';
import { type AnswerFacts, verdictOf } from './ending.ts';
import type { Exchange } from '../exchange.ts';

/**
 * @param delivery undefined: there was nothing to deliver
 * @param now milliseconds since 1970
 */
export function settle({ exchange, admission, reservation, story, snapshot }: Admitted, way: Dispatched<unknown>, delivery: Delivery | undefined, now: number): void {
  const left = delivery ? delivery.clientGone : way.result instanceof Failure && way.result.code === 'client_gone';
  // Who was sent away by a relay that goes does not pay for what did not arrive.
  const clientGone = left && !exchange.expired;
  const facts: AnswerFacts = {
    stream: admission.stream, estimatedInput: admission.estimatedInput, dispatched: way.dispatched, clientGone,
    report: delivery?.report, broken: delivery?.broken,
  };
  const verdict = verdictOf(facts);
  const failure = delivery?.failure ?? (way.result instanceof Failure ? way.result : undefined);
  const { end, tokens, source, lostTokens } = verdict;
  const fee = failure?.details.violation && !verdict.charged ? snapshot.models.violationFee : 0;
  const ending: Ending = {
    endedAt: now, channelId: way.channelId, upstreamModel: way.upstreamModel, attempts: way.attempts,
    status: statusOf(exchange, failure, clientGone), failure: failure?.code ?? null,
    end, firstByteMs: delivery?.firstByteMs ?? null, tokens, source, servedBy: way.group, ...(verdict.charged ? besideTokens(delivery?.report, admission, snapshot) : {}), ...(fee > 0 ? { fee } : {}), ...(lostTokens ? { lostTokens } : {}),
  };
  if (verdict.charged || fee > 0) reservation.settle(ending); else reservation.release(ending);
  story.ended(admission, ending);
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
