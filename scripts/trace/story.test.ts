import { expect, it } from 'vitest';
import { story, type StoredRequest } from './story.ts';

const request: StoredRequest = {
  requestId: '20260101000000abc', at: new Date('2026-01-01T00:00:00Z'), dialect: 'anthropic-messages', path: '/v1/messages', model: 'claude-1', upstreamModel: 'gpt-x',
  status: 200, failure: null, durationMs: 1842, firstByteMs: 388, stream: true, tokenId: 9, tokenName: 'laptop', groupName: 'pro', ip: '127.0.0.1', channelId: 7, quota: '1310',
  detail: {
    tokens: { input: 812, output: 344, cacheRead: 0 }, source: 'UPSTREAM', end: 'DONE', outcome: 'SETTLED', hold: '2400', platformLoss: '0', clientRequestId: 'mine', snapshotVersion: 418,
    price: { modelRatio: 1_250_000, groupRatio: 1_000_000, version: 3, lines: [{ name: 'input', tokens: 812, ratio: 1_000_000 }, { name: 'output', tokens: 344, ratio: 4_000_000 }] },
    attempts: [{ channelId: 12, status: 503, failure: 'bad_response_status_code', durationMs: 212 }, { channelId: 7, status: 200, failure: null, durationMs: 388 }],
  },
};

it('tells both attempts, the terms of the price and where the money went', () => {
  const told = story(request, [{ kind: 'CONSUME', account: 'user:1', amount: '-1310' }, { kind: 'CONSUME', account: 'system:revenue', amount: '1310' }]);
  expect(told).toMatchInlineSnapshot(`
    "20260101000000abc   anthropic-messages stream   claude-1 → gpt-x   200   1,842 ms   snapshot 418
      received     2026-01-01T00:00:00.000Z  /v1/messages  from 127.0.0.1  (client says mine)
      caller       token 9 laptop  group pro
      attempt      channel 12  212 ms  503  bad_response_status_code
      attempt      channel 7  388 ms  200  delivered
      answer       DONE  first byte 388 ms
      tokens       input 812  output 344  (UPSTREAM)
      price        (input 812 ×1 + output 344 ×4) model ×1.25 group ×1  (price version 3)
      charge       1,310  of a hold of 2,400  (SETTLED)
      ledger       CONSUME  user:1  -1,310
      ledger       CONSUME  system:revenue  +1,310"
  `);
});

it('tells of a request that was refused before any channel was tried', () => {
  const told = story({ ...request, status: 401, failure: 'invalid_api_key', firstByteMs: null, quota: '0', detail: null }, []);
  expect(told).toContain('answer       invalid_api_key  first byte never');
});
