import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../failure/failure.ts';
import type { LeaseAnswer, LeaseRequest, LeaseReturn } from '../gql/types.gen.ts';
import { LeaseBook } from './leases.ts';
import { VirtualTiming } from './testing/virtual-timing.ts';
import type { Held } from './waiter.ts';

const LIFE_MS = 570_000;
let timing: VirtualTiming;
let sent: LeaseRequest[];
let returns: LeaseReturn[];
let book: LeaseBook;

beforeEach(() => { renew(); });

function renew(): void {
  timing = new VirtualTiming();
  [sent, returns] = [[], []];
  let nonces = 0;
  book = new LeaseBook({ relayId: 'r', epoch: 1, timing, nonce: () => `n${nonces++}`, send: (request) => { sent.push(request); }, giveBack: (each) => { returns.push(...each); } });
}

const claim = (account: string, amount: number) => ({ account: book.account(account), amount });
const grant = (request: LeaseRequest, granted: number, available = 0): LeaseAnswer => ({
  nonce: request.nonce, lifeMs: LIFE_MS, renewed: request.renew,
  grants: request.wants.map(({ account }) => ({ account, leaseId: `${request.nonce}/${account}`, granted: String(granted), available: String(available), refusal: null })),
});
const refuse = (request: LeaseRequest, refusal: 'INSUFFICIENT' | 'FROZEN' | 'STALE_EPOCH' | 'UNKNOWN_ACCOUNT' = 'INSUFFICIENT'): LeaseAnswer => ({
  nonce: request.nonce, lifeMs: LIFE_MS, renewed: [],
  grants: request.wants.map(({ account }) => ({ account, leaseId: null, granted: '0', available: '3', refusal })),
});
const last = (): LeaseRequest => {
  const request = sent.at(-1);
  if (!request) throw new Error('nothing was asked');
  return request;
};
async function lent(amount: number, account = 'user:1', available = 0): Promise<void> {
  const held = book.reserve([claim(account, amount)], 1);
  await timing.pass(1);
  book.answer(grant(last(), amount, available));
  book.spend(await held as Held, 0);
}
/** Ticks as the relay does while time passes. */
async function live(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) { await timing.pass(100); book.tick(); }
}

describe('asking', () => {
  it('puts the wants of one turn into one request', async () => {
    void book.reserve([claim('user:1', 5), claim('token:2', 5)], 1);
    void book.reserve([claim('user:3', 7)], 1);
    await timing.pass(1);
    expect(sent.map(({ wants }) => wants.map(({ account, need }) => [account, need]))).toEqual([[['user:1', '5'], ['token:2', '5'], ['user:3', '7']]]);
  });

  it('asks again after a second with the same nonce, so that nothing is lent twice', async () => {
    void book.reserve([claim('user:1', 5)], 1);
    await live(1_200);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
  });

  it('takes the leases of an answer once, however often it comes', async () => {
    const held = book.reserve([claim('user:1', 5)], 1);
    await timing.pass(1);
    const answer = grant(last(), 8);
    for (let times = 0; times < 3; times++) book.answer(answer);
    await held;
    expect(book.account('user:1').free(timing.monotonic())).toBe(3);
  });

  it('does not believe an answer to a question that it did not ask', async () => {
    await lent(1);
    book.answer({ ...grant(last(), 100), nonce: 'other' });
    expect(book.account('user:1').free(timing.monotonic())).toBe(1);
  });

  it('gives up after 2.5 s, and still takes what comes late', async () => {
    const held = book.reserve([claim('user:1', 5)], 1);
    await live(2_600);
    expect(await held).toMatchObject({ code: 'quota_authority_unavailable' });
    book.answer(grant(sent[0] ?? last(), 20));
    expect(book.account('user:1').free(timing.monotonic())).toBe(20);
  });

  it('borrows ahead only where more is left than it wants', async () => {
    await lent(100, 'user:1', 0);
    void book.reserve([claim('user:1', 60)], 1);
    await timing.pass(1);
    expect(sent).toHaveLength(1);
    await lent(100, 'user:9', 1_000_000);
    const before = sent.length;
    void book.reserve([claim('user:9', 60)], 1);
    await timing.pass(1);
    expect(sent.slice(before).flatMap(({ wants }) => wants)).toMatchObject([{ account: 'user:9', need: '1' }]);
  });

  it('holds ten minutes of its demand ahead for a rich account, and asks again at half of that', async () => {
    await lent(100, 'user:9', 10_000_000);
    void book.reserve([claim('user:9', 60)], 1);
    await timing.pass(1);
    expect(Number(last().wants[0]!.prefer)).toBe(240 * 100);
    book.answer(grant(last(), 240 * 100, 9_000_000));
    const before = sent.length;
    void book.reserve([claim('user:9', 11_000)], 1);
    await timing.pass(1);
    expect(sent).toHaveLength(before + 1);               // the demand has grown with it
  });

  it('does not ask on and on where the authority gives less than it was asked for', async () => {
    await lent(100, 'user:9', 10_000_000);
    void book.reserve([claim('user:9', 60)], 1);
    await timing.pass(1);
    book.answer(grant(last(), 5_000, 15_000));
    const before = sent.length;
    for (let round = 0; round < 20; round++) void book.reserve([claim('user:9', 60)], 1);
    await timing.pass(1);
    expect(sent).toHaveLength(before);
  });

  it('any order of answers leaves the same quota', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.record({ account: fc.constantFrom('user:1', 'user:2', 'token:3'), granted: fc.integer({ min: 1, max: 1_000 }) }), { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat()), async (asked, order) => {
        renew();
        for (const { account } of asked) { void book.reserve([claim(account, 2_000)], 1); await live(2_600); }
        const known = new Map(sent.map((request) => [request.nonce, request]));
        const answers = Array.from(known.values(), (request, index) => grant(request, asked[index]?.granted ?? 1));
        while (answers.length > 0) for (const answer of answers.splice((order.next().value ?? 0) % answers.length, 1)) book.answer(answer);
        for (const name of ['user:1', 'user:2', 'token:3']) {
          const total = asked.filter(({ account }) => account === name).reduce((sum, { granted }) => sum + granted, 0);
          expect(book.account(name).free(timing.monotonic())).toBe(total);
        }
      }), { numRuns: 50 });
  });
});

describe('refusals', () => {
  it.each([
    { refusal: 'INSUFFICIENT' as const, account: 'user:1', code: 'insufficient_user_quota' },
    { refusal: 'INSUFFICIENT' as const, account: 'token:1', code: 'pre_consume_token_quota_failed' },
    { refusal: 'UNKNOWN_ACCOUNT' as const, account: 'user:1', code: 'insufficient_user_quota' },
    { refusal: 'FROZEN' as const, account: 'user:1', code: 'quota_authority_unavailable' },
    { refusal: 'STALE_EPOCH' as const, account: 'user:1', code: 'quota_authority_unavailable' },
  ])('$refusal of $account is $code', async ({ refusal, account, code }) => {
    const held = book.reserve([claim(account, 5)], 1);
    await timing.pass(1);
    book.answer(refuse(last(), refusal));
    expect(await held).toMatchObject({ code });
  });

  it('each of a row of refusals stands twice as long as the one before, up to half a second, and a rest ends the row', async () => {
    const ask = async () => { void book.reserve([claim('user:1', 5)], 1); await timing.pass(1); };
    const standsFor = async () => {
      book.answer(refuse(last()));
      let ms = 0;
      for (const asked = sent.length; sent.length === asked; ms++) await ask();
      return Math.round(ms / 25);
    };
    await ask();
    const stands: number[] = [];
    for (let turn = 0; turn < 7; turn++) stands.push(await standsFor());
    expect(stands).toEqual([1, 2, 4, 8, 16, 20, 20]);
    book.answer(refuse(last()));
    await timing.pass(3_000);
    await ask();
    expect(await standsFor()).toBe(1);
  });

  it('a refusal answers who asks within half a second, then the authority is asked again', async () => {
    void book.reserve([claim('user:1', 5)], 1);
    await timing.pass(1);
    book.answer(refuse(last()));
    expect(await book.reserve([claim('user:1', 5)], 1)).toMatchObject({ code: 'insufficient_user_quota' });
    expect(sent).toHaveLength(1);
    await timing.pass(501);
    void book.reserve([claim('user:1', 5)], 1);
    await timing.pass(1);
    expect(sent).toHaveLength(2);
  });

  it('a smaller request is not refused with a larger one', async () => {
    const large = book.reserve([claim('user:1', 50)], 1);
    const small = book.reserve([claim('user:1', 5)], 1);
    await timing.pass(1);
    book.answer(refuse(last()));
    expect(await large).toMatchObject({ code: 'insufficient_user_quota' });
    await timing.pass(1);
    expect(last().wants).toMatchObject([{ need: '5' }]);
    book.answer(grant(last(), 5));
    expect(await small).toHaveLength(1);
  });

  it('an end that frees enough serves who waits, before the authority answers', async () => {
    await lent(10);
    const first = book.reserve([claim('user:1', 10)], 1) as Held;
    const second = book.reserve([claim('user:1', 8)], 1);
    book.spend(first, 2);
    expect(await (second as Promise<Held | Failure>)).toHaveLength(1);
  });
});

describe('a wallet and the budget of a key', () => {
  const only = (account: string, answer: LeaseAnswer): LeaseAnswer => ({ ...answer, grants: answer.grants.filter((each) => each.account === account) });
  const wanted = (): string[] => last().wants.map(({ account }) => account);

  it('a wait keeps the budget that it has, also when it is recalled, until the wallet refuses', async () => {
    const both = book.reserve([claim('user:1', 5), claim('token:2', 5)], 1);
    await timing.pass(1);
    book.answer(only('token:2', grant(last(), 5)));
    await timing.pass(1);
    expect(wanted()).toEqual(['user:1']);
    book.recall(['token:2']);
    expect(returns).toEqual([]);
    book.answer(refuse(last()));
    expect(await both).toMatchObject({ code: 'insufficient_user_quota' });
    expect(returns).toEqual([{ leaseId: 'n0/token:2', account: 'token:2', amount: '5' }]);
  });

  it('a wait for the budget keeps nothing of a wallet that others wait for, and asks for it when it has the budget', async () => {
    const both = book.reserve([claim('user:1', 5), claim('token:2', 5)], 1);
    await timing.pass(1);
    book.recall(['user:1']);
    book.answer(only('user:1', grant(last(), 5)));
    await timing.pass(1);
    expect(returns).toEqual([{ leaseId: 'n0/user:1', account: 'user:1', amount: '5' }]);
    expect(wanted()).toEqual(['token:2']);
    book.answer(grant(last(), 5));
    await timing.pass(1);
    expect(wanted()).toEqual(['user:1']);
    book.answer(grant(last(), 5));
    expect((await both as Held).map(({ account }) => account.name)).toEqual(['user:1', 'token:2']);
  });

  it('a silent authority leaves what a wait had to those behind it', async () => {
    const both = book.reserve([claim('user:1', 5), claim('token:2', 5)], 1);
    await timing.pass(1);
    book.answer(only('token:2', grant(last(), 5)));
    await live(2_700);
    expect(await both).toMatchObject({ code: 'quota_authority_unavailable' });
    expect(book.account('token:2').free(timing.monotonic())).toBe(5);
  });
});

describe('the life of a lease', () => {
  it('is not used past its deadline, counted from the question', async () => {
    await lent(100);
    await timing.pass(LIFE_MS);
    const held = book.reserve([claim('user:1', 5)], 1);
    expect(held).toBeInstanceOf(Promise);
  });

  it('is renewed each ten seconds while something is reserved', async () => {
    await lent(100);
    void book.reserve([claim('user:1', 5)], 1);
    for (let minute = 0; minute < 20; minute++) {
      await live(60_000);
      for (const request of sent.splice(0)) if (request.renew.length > 0) book.answer({ nonce: request.nonce, grants: [], lifeMs: LIFE_MS, renewed: request.renew });
    }
    expect(book.account('user:1').leases[0]?.deadline).toBeGreaterThan(timing.monotonic());
  });

  it('of a rich account is confirmed at once, so that it outlasts an outage; of another within ten seconds', async () => {
    await lent(100, 'user:9', 10_000_000);
    await lent(100, 'user:1', 0);
    await live(100);
    expect(last().renew).toEqual(['n0/user:9']);
    book.answer({ nonce: last().nonce, grants: [], lifeMs: LIFE_MS, renewed: last().renew });
    await timing.pass(60_000);
    expect(book.account('user:9').free(timing.monotonic())).toBe(100);
    expect(book.account('user:1').free(timing.monotonic())).toBe(0);
  });

  it('ends at once when the authority no longer knows it', async () => {
    await lent(100);
    await live(10_100);
    book.answer({ nonce: last().nonce, grants: [], lifeMs: LIFE_MS, renewed: [] });
    expect(book.account('user:1').free(timing.monotonic())).toBe(0);
  });

  it('a recall returns the free part at once and keeps what is reserved', async () => {
    await lent(100);
    void book.reserve([claim('user:1', 30)], 1);
    book.recall(['user:1', 'user:77']);
    expect(returns).toEqual([{ leaseId: 'n0/user:1', account: 'user:1', amount: '70' }]);
    book.recall(['user:1']);
    expect(returns).toHaveLength(1);
  });

  it('an account that is not used for half a minute gives everything back and is forgotten', async () => {
    await lent(100);
    await live(45_000);
    expect(returns.map(({ amount }) => amount)).toEqual(['100']);
    const asked = sent.length;
    await live(45_000);
    expect(sent).toHaveLength(asked);
  });
});
