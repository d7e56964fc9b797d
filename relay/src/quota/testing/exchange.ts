import type { UsageTokens } from '../../gql/types.gen.ts';
import { noTokens } from '../../dialects/metering/usage.ts';
import { freezePrice, selfUsePrice } from '../price.ts';
import type { Admission, Ending, Served } from '../reservation.ts';

/** One quota unit for one token of any kind, so that amounts can be read off. */
export const unitPrice = freezePrice({ ...selfUsePrice('unit'), modelRatio: 1_000_000, cacheWriteRatio: 1_000_000, cacheWrite1hRatio: 1_000_000 }, 1_000_000, 500_000);

export const admission = (chargeId: string, hold: number, more: Partial<Admission> = {}): Admission => ({
  chargeId, startedAt: 1, userId: 1, tokenId: 2, tokenUnlimited: true, group: 'default', model: 'unit', dialect: 'openai-chat',
  path: '/v1/chat/completions', stream: true, clientAddress: '127.0.0.1', clientRequestId: null, snapshotVersion: 1, price: unitPrice,
  estimatedInput: 7, hold, ...more,
});

/** The only channel that answers here. */
export const served: Served = { channelId: 3, upstreamModel: 'unit', servedBy: { name: 'default', ratio: 1_000_000 } };

export const used = (tokens: Partial<UsageTokens>, more: Partial<Ending> = {}): Ending => ({
  endedAt: 2, channelId: 3, upstreamModel: 'unit', attempts: [], status: 200, failure: null, end: 'COMPLETE', firstByteMs: 5,
  tokens: { ...noTokens, ...tokens }, source: 'UPSTREAM', ...more,
});
