import type { MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import { openDatabase } from '../../database/orm.ts';
import { sqlOf } from '../../database/sql.ts';
import { AccountService } from './account.service.ts';
import { LedgerKind } from './ledger-transaction.entity.ts';
import { LedgerService } from './ledger.service.ts';
import { LedgerRefusal, type Change, type Moved } from './movement.ts';

let orm: MikroORM, nextUser = 1;
const ledger = new LedgerService({ now: () => new Date('2026-11-20T08:00:00Z') });
const accounts = new AccountService();
const sql = <Row>(text: string, values?: unknown[]) => sqlOf(orm.em.fork())<Row>(text, values);
const fork = () => orm.em.fork();
const gift = (user: number, amount: bigint, reference: string): Change =>
  ({ account: `user:${user}`, counter: 'system:promo', kind: LedgerKind.GRANT, reference, amount });
const balance = async (user: number) => (await accounts.balancesOf(fork(), [`user:${user}`]))[0]!.balance;
const entries = (user: number) => sql<{ amount: string; after: string }>('select amount::text, balance_after::text as after from ledger_entry where account = $1 order by id', [`user:${user}`]);

beforeAll(async () => { orm = await openDatabase(await testDatabase()); });
afterAll(() => orm.close(true));

describe('the database itself', () => {
  const post = (lines: string) => sql(`
    with t as (insert into ledger_transaction (reference, kind, input_hash, account, balance_after, at) values (gen_random_uuid(), 'GRANT', '', 'user:0', 0, now()) returning id),
    a as (insert into account (name, kind) values ('token:0', 'BUDGET'), ('user:0', 'WALLET') on conflict do nothing)
    insert into ledger_entry (transaction_id, account, amount) select t.id, l.* from t, (values ${lines}) l`);

  it('takes entries that sum to zero', async () => {
    await post(`('system:promo', -5), ('user:0', 5)`);
  });
  it.each([
    { name: 'entries that do not sum to zero', lines: `('system:promo', -5), ('user:0', 4)` },
    { name: 'a lonely entry', lines: `('user:0', 4)` },
    { name: 'a limit that pays for money', lines: `('token:0', -5), ('user:0', 5)` },
    { name: 'an entry that moves nothing', lines: `('user:0', 0)` },
    { name: 'an unknown account', lines: `('user:999999', 5), ('system:promo', -5)` },
  ])('refuses $name', async ({ lines }) => {
    await expect(post(lines)).rejects.toThrow();
  });
  it.each([
    'update ledger_entry set amount = 6', 'delete from ledger_entry', 'truncate ledger_entry',
    'update ledger_transaction set reason = null', 'delete from ledger_transaction', 'truncate ledger_transaction, ledger_entry',
  ])('refuses: %s', async (statement) => {
    await expect(sql(statement)).rejects.toThrow('append only');
  });
});

describe('moving', () => {
  it('credits with a counter-entry and keeps the balance', async () => {
    const user = nextUser++;
    const moved = await ledger.credit(fork(), { ...gift(user, 700n, `g${user}`), reason: 'welcome', actorId: 1 });
    expect(moved).toMatchObject({ before: 0n, after: 700n, replayed: false });
    expect(await sql('select account, amount::text from ledger_entry where transaction_id = $1 order by account', [(moved as Moved).transactionId]))
      .toEqual([{ account: 'system:promo', amount: '-700' }, { account: `user:${user}`, amount: '700' }]);
    expect(await balance(user)).toBe(700n);
  });

  it('debits below zero only without a floor', async () => {
    const user = nextUser++;
    await ledger.credit(fork(), gift(user, 10n, `g${user}`));
    const debit = { ...gift(user, 11n, `d${user}`), kind: LedgerKind.ADJUSTMENT };
    expect(await ledger.debit(fork(), { ...debit, floor: 0n })).toEqual(new LedgerRefusal('INSUFFICIENT', 10n));
    expect(await ledger.debit(fork(), debit)).toMatchObject({ before: 10n, after: -1n });
  });

  it.each([0n, -1n])('refuses an amount of %s', async (amount) => {
    expect(await ledger.credit(fork(), gift(nextUser, amount, 'none'))).toEqual(new LedgerRefusal('AMOUNT', 0n));
    expect(await ledger.debit(fork(), gift(nextUser, amount, 'none'))).toEqual(new LedgerRefusal('AMOUNT', 0n));
  });

  it('refuses what would leave ±(2^53 − 1), and writes nothing', async () => {
    const user = nextUser++, most = 2n ** 53n - 1n;
    await ledger.credit(fork(), gift(user, most, `most${user}`));
    expect(await ledger.credit(fork(), gift(user, 1n, `more${user}`))).toEqual(new LedgerRefusal('OVERFLOW', most));
    expect(await sql('select from ledger_transaction where reference = $1', [`more${user}`])).toEqual([]);
    expect(await balance(user)).toBe(most);
  });

  it('sets a balance by posting the difference, unless it changed meanwhile', async () => {
    const user = nextUser++, set = { ...gift(user, 0n, ''), kind: LedgerKind.ADJUSTMENT };
    await ledger.credit(fork(), gift(user, 100n, `g${user}`));
    expect(await ledger.adjust(fork(), { ...set, reference: `o1:${user}`, balance: 30n, expected: 99n })).toEqual(new LedgerRefusal('CHANGED', 100n));
    expect(await ledger.adjust(fork(), { ...set, reference: `o2:${user}`, balance: 30n })).toMatchObject({ before: 100n, after: 30n });
    expect(await ledger.adjust(fork(), { ...set, reference: `o3:${user}`, balance: 30n })).toMatchObject({ before: 30n, after: 30n, entryId: undefined });
    expect(await entries(user)).toEqual([{ amount: '100', after: '100' }, { amount: '-70', after: '30' }]);
  });

  it('keeps the budget of a token apart from money', async () => {
    await ledger.setTokenBudget(fork(), 7, 500n);
    await ledger.setTokenBudget(fork(), 7, 200n);
    expect(await ledger.setTokenBudget(fork(), 7, null)).toBeNull();
    expect((await accounts.balancesOf(fork(), ['token:7', 'token:8'])).map((account) => account.balance)).toEqual([200n, 0n]);
  });

  it('leaves nothing when the transaction of the caller fails', async () => {
    const user = nextUser++;
    const failing = fork().transactional(async (em) => {
      await ledger.credit(em, gift(user, 5n, `g${user}`));
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await balance(user)).toBe(0n);
  });
});

describe('repeating', () => {
  it('answers a repeat with the first result', async () => {
    const user = nextUser++;
    const first = await ledger.credit(fork(), gift(user, 5n, `r${user}`));
    await ledger.credit(fork(), gift(user, 100n, `x${user}`));
    expect(await ledger.credit(fork(), gift(user, 5n, `r${user}`))).toEqual({ ...(first as Moved), replayed: true });
    expect(await balance(user)).toBe(105n);
  });

  it('refuses the same reference with another amount, account or verb', async () => {
    const user = nextUser++, other = nextUser++;
    await ledger.credit(fork(), gift(user, 5n, `r${user}`));
    expect(await ledger.credit(fork(), gift(user, 6n, `r${user}`))).toMatchObject({ code: 'KEY_REUSED' });
    expect(await ledger.credit(fork(), gift(other, 5n, `r${user}`))).toMatchObject({ code: 'KEY_REUSED' });
    expect(await ledger.debit(fork(), gift(user, 5n, `r${user}`))).toMatchObject({ code: 'KEY_REUSED' });
  });

  it('moves once for forty simultaneous repeats', async () => {
    const user = nextUser++;
    const answers = await Promise.all(Array.from({ length: 40 }, () => ledger.credit(fork(), gift(user, 9n, `once${user}`))));
    expect(answers.filter((answer) => !(answer as Moved).replayed)).toHaveLength(1);
    expect(new Set(answers.map((answer) => (answer as Moved).after))).toEqual(new Set([9n]));
    expect(await entries(user)).toEqual([{ amount: '9', after: '9' }]);
  });

  it('lets one of several simultaneous accounts have a reference', async () => {
    const users = Array.from({ length: 10 }, () => nextUser++);
    const answers = await Promise.all(users.map((user) => ledger.credit(fork(), gift(user, 3n, `code${users[0]}`))));
    expect(answers.filter((answer) => !(answer instanceof LedgerRefusal))).toHaveLength(1);
    expect((await Promise.all(users.map(balance))).reduce((sum, each) => sum + each)).toBe(3n);
  });
});

it('keeps every balance equal to the sum of its entries, whatever is moved at once', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.bigInt({ min: -1000n, max: 1000n }), { minLength: 1, maxLength: 12 }), async (moves) => {
    const user = nextUser++;
    await Promise.all(moves.map((amount, index) => {
      const change = { ...gift(user, amount < 0n ? -amount : amount, `p${user}:${index}`), floor: -500n };
      return amount < 0n ? ledger.debit(fork(), change) : ledger.credit(fork(), change);
    }));
    const lines = await entries(user);
    expect(lines.reduce((sum, line) => sum + BigInt(line.amount), 0n)).toBe(await balance(user));
    let running = 0n;
    for (const line of lines) expect(BigInt(line.after)).toBe(running += BigInt(line.amount));
  }), { numRuns: 25 });
});
