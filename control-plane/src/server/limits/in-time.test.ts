import { OperationTypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../kernel/context.ts';
import { startTestApp, type Data, type TestApp } from '../../testing/test-app.ts';
import { executionMs, inTime, late } from './in-time.ts';

const as = (credential: Principal['credential']): Principal => ({ userId: 1, username: 'x', role: 1, permissions: [], credential });
const { QUERY, MUTATION, SUBSCRIPTION } = OperationTypeNode;

describe('how long a question may take', () => {
  it.each([
    ['nobody\'s', undefined, { kind: QUERY }, 3_000],
    ['a relay key\'s', as('relay-key'), { kind: QUERY }, 3_000],
    ['a user\'s', as('session'), { kind: QUERY }, 10_000],
    ['a user\'s for a report', as('session'), { kind: QUERY, isPatient: true }, 30_000],
    ['a program\'s', as('integration-key'), { kind: QUERY }, 30_000],
    ['a change, which would go on behind a refusal', as('session'), { kind: MUTATION }, undefined],
    ['a subscription', as('session'), { kind: SUBSCRIPTION }, undefined],
    ['what did not parse', as('session'), {}, undefined],
  ])('%s', (_name, principal, asked, ms) => expect(executionMs(principal, asked)).toBe(ms));

  it('gives results and faults that come in time, and swallows a fault that comes later', async () => {
    expect(await inTime(async () => 7, 1_000)).toBe(7);
    await expect(inTime(async () => { throw new Error('broken'); }, 1_000)).rejects.toThrow('broken');
    let fail: ((fault: Error) => void) | undefined;
    expect(await inTime(() => new Promise((_resolve, reject) => { fail = reject; }), 1)).toBe(late);
    fail!(new Error('nobody hears this'));
  });
});

describe('a question that takes longer', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp(); });
  afterAll(() => app.stop());

  it('is answered 504, and the caller is not kept waiting', async () => {
    const em = app.base.orm.em.fork();
    await em.transactional(async (inner) => {
      await inner.execute('lock table price, user_group in access exclusive mode');
      const answer = await app.request({ body: { query: '{ priceList { autoGroups } }' } }), body = JSON.parse(String(answer.body)) as Data;
      expect([answer.status, body.errors[0].extensions]).toMatchObject([504, { code: 'TIMEOUT', requestId: expect.stringMatching(/^req_/) }]);
      expect(new Map(answer.headers).get('ratelimit-remaining')).toBeDefined();
    });
  }, 15_000);
});
