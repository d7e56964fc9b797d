import { RelayPriceMode } from '../features/relay-link/wire/snapshot.ts';
import { StreamEnd, UsageOutcome, UsageSource, type UsageEvent } from '../features/relay-link/wire/usage.ts';

/** Example 1 of semantics 1.6: gpt-4o, 1000 input tokens of which 200 cached, 500 output tokens: 3625 quota. */
export const firstExample = {
  tokens: { input: 1000, cacheRead: 200, cacheWrite: 0, cacheWrite1h: 0, inputImage: 0, inputAudio: 0, output: 500, reasoning: 0, outputAudio: 0 },
  amount: '3625',
  price: {
    version: 1, mode: RelayPriceMode.RATIO, modelRatio: 1_250_000, groupRatio: 1_000_000, callPrice: 0, quotaPerUnit: 500_000,
    lines: [{ name: 'input', tokens: 800, ratio: 1_000_000 }, { name: 'cache_read', tokens: 200, ratio: 500_000 }, { name: 'output', tokens: 500, ratio: 4_000_000 }],
  },
};

/** A delivered request of user 1 with token 2 on channel 3, as a relay reports it. */
export function usageEvent(over: Partial<UsageEvent> = {}): UsageEvent {
  const endedAt = over.endedAt ?? Date.parse('2026-11-20T11:59:59.000Z');
  return {
    chargeId: 'c1', outcome: UsageOutcome.SETTLED, startedAt: endedAt - 1_200, endedAt, userId: 1, tokenId: 2, group: 'default', model: 'gpt-4o',
    upstreamModel: null, channelId: 3, attempts: [{ channelId: 3, credentialId: 4, status: 200, failure: null, durationMs: 1_100 }], dialect: 'openai-chat',
    path: '/v1/chat/completions', stream: true, status: 200, failure: null, end: StreamEnd.COMPLETE, firstByteMs: 200, source: UsageSource.UPSTREAM,
    hold: '1875', platformLoss: '0', draws: [], clientAddress: '203.0.113.9', clientRequestId: null, snapshotVersion: 1, ...firstExample, ...over,
  };
}
