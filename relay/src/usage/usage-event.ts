/** The record of one finished exchange, from what was known at admission and how it ended. */
import type { FrozenPrice, LeaseDraw, UsageEvent, UsageOutcome, UsageTokens } from '../gql/types.gen.ts';
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

export const noTokens: UsageTokens = {
  input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 0, reasoning: 0, outputAudio: 0,
};

export function toUsageEvent(admission: Admission | NotedRequest, ending: Ending, charge: Charge): UsageEvent {
  const { chargeId, startedAt, userId, tokenId, group, model, dialect, path, stream, clientAddress, clientRequestId, snapshotVersion } = admission;
  const { endedAt, channelId, upstreamModel, attempts, status, failure, end, firstByteMs, tokens, source } = ending;
  return {
    chargeId, outcome: charge.outcome, startedAt, endedAt, userId, tokenId, group, model, upstreamModel, channelId, attempts, dialect, path,
    stream, status, failure, end, firstByteMs, tokens, source, price: charge.price, hold: String(charge.hold), amount: String(charge.amount),
    platformLoss: String(charge.platformLoss), draws: charge.draws, clientAddress, clientRequestId, snapshotVersion,
  };
}
