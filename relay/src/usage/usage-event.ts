/** The record of one finished exchange, from what was known at admission and how it ended. */
import { noTokens } from '../dialects/metering/usage.ts';
import type { FrozenPrice, LeaseDraw, UsageEvent, UsageOutcome } from '../gql/types.gen.ts';
import { isPlausible } from '../quota/price.ts';
import type { Admission, Ending, NotedRequest } from '../quota/reservation.ts';

/** Amounts are quota units. */
export interface Charge {
  readonly outcome: UsageOutcome;
  readonly price: FrozenPrice | null;
  readonly hold: number;
  readonly amount: number;
  readonly platformLoss: number;
  readonly draws: readonly LeaseDraw[];
}

// Wall clocks jump: a duration may come out negative, and the ledger takes only what its form allows.
const wholeMs = (duration: number): number => Math.max(0, Math.round(duration));

/** @param ending times may carry fractions, the wire knows whole milliseconds; counts that nobody can mean become none */
export function toUsageEvent(admission: Admission | NotedRequest, ending: Ending, charge: Charge): UsageEvent {
  const { chargeId, userId, tokenId, group, model, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion } = admission;
  const { channelId, upstreamModel, status, failure, end, source } = ending;
  const attempts = ending.attempts.every(({ durationMs }) => durationMs === wholeMs(durationMs)) ? ending.attempts : ending.attempts.map((attempt) => ({ ...attempt, durationMs: wholeMs(attempt.durationMs) }));
  const firstByteMs = ending.firstByteMs === null ? null : wholeMs(ending.firstByteMs);
  const tokens = isPlausible(ending.tokens) ? ending.tokens : noTokens;
  return {
    chargeId, outcome: charge.outcome, startedAt: Math.round(admission.startedAt), endedAt: Math.round(ending.endedAt), userId, tokenId, group, model, upstreamModel, channelId, attempts, dialect, path,
    stream, status, failure, end, firstByteMs, tokens, source, price: ending.servedBy?.special && charge.price ? { ...charge.price, special: true } : charge.price, hold: String(charge.hold), amount: String(charge.amount),
    platformLoss: String(charge.platformLoss), draws: charge.draws, clientAddress, clientRequestId, snapshotVersion,
  };
}
