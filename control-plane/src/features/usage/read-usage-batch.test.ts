import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usageEvent } from '../../testing/money-house.ts';
import { readLeaseRequest } from '../lease/read-lease-request.ts';
import { readUsageBatch } from './read-usage-batch.ts';

const read = (records: unknown, over: object = {}) => readUsageBatch(JSON.stringify({ relayId: 'r', epoch: 1, records, ...over }));
const recordOf = (usage: object, sequence: unknown = 1) => ({ sequence, usage });

it('reads what a relay sends', () => {
  const usage = usageEvent({ userId: 7, amount: '9007199254740991' });
  expect(read([recordOf(usage), { sequence: 2, returned: { leaseId: '5', account: 'user:7', amount: '3' } }, { sequence: 3, usage: null, returned: null }])).toEqual([
    { relayId: 'r', epoch: 1, sequence: 1, usage, returned: undefined },
    { relayId: 'r', epoch: 1, sequence: 2, usage: undefined, returned: { leaseId: '5', account: 'user:7', amount: '3' } },
    { relayId: 'r', epoch: 1, sequence: 3, usage: undefined, returned: undefined },
  ]);
});

describe('a packed batch', () => {
  const forms = { SpoolRecord: ['returned:LeaseReturn', 'sequence', 'usage:UsageEvent'], LeaseReturn: ['account', 'amount', 'leaseId'], LeaseDraw: ['amount', 'account', 'leaseId'], UsageEvent: Object.keys(usageEvent({})).map((name) => (name === 'draws' ? 'draws:[LeaseDraw]' : name)) };
  const usage = usageEvent({ userId: 7, draws: [{ leaseId: '9', account: 'user:7', amount: '5' }] });
  const packedUsage = Object.values(Object.assign({}, usage, { draws: usage.draws.map(({ amount, account, leaseId }) => [amount, account, leaseId]) }));

  it('is read by the names that it brings, in any order, one inside another, beside records by name', () => {
    const returned = { leaseId: '5', account: 'user:7', amount: '3' };
    expect(read([[null, 1, packedUsage], [['user:7', '3', '5'], 2, null], { sequence: 3, usage: null, returned: null }], { forms })).toEqual([
      { relayId: 'r', epoch: 1, sequence: 1, usage, returned: undefined },
      { relayId: 'r', epoch: 1, sequence: 2, usage: undefined, returned },
      { relayId: 'r', epoch: 1, sequence: 3, usage: undefined, returned: undefined },
    ]);
  });

  it('loses the record, not the batch, where the values do not fit', () => {
    expect(read([[null, 1, packedUsage.slice(2)], [null, 2, packedUsage]], { forms })).toMatchObject([{ sequence: 1, fault: {} }, { sequence: 2, usage }]);
  });

  it.each<[string, unknown, object]>([
    ['no names', [[null, 1, packedUsage]], {}],
    ['names that are none', [[null, 1, packedUsage]], { forms: { SpoolRecord: 'sequence' } }],
    ['names that do not say where a record stands', [[null, 1, packedUsage]], { forms: { SpoolRecord: ['__proto__', 'constructor', 'usage'] } }],
  ])('is refused with %s', (_, records, over) => { expect(read(records, over)).toHaveProperty('fault'); });
});

describe('a record is set aside, and the field named, when', () => {
  it.each<[string, object, string]>([
    ['an amount is negative', { amount: '-1' }, 'amount'],
    ['an amount is not whole', { amount: '1.5' }, 'amount'],
    ['an amount is a number', { amount: 1 }, 'amount'],
    ['an amount is above 2^53 − 1', { amount: '9007199254740992' }, 'amount'],
    ['a loss is text', { platformLoss: 'much' }, 'platformLoss'],
    ['a charge id has a zero byte', { chargeId: 'a\0' }, 'chargeId'],
    ['a charge id is missing', { chargeId: undefined }, 'chargeId'],
    ['a user is not a number', { userId: '7' }, 'userId'],
    ['an outcome is unknown', { outcome: 'MAYBE' }, 'outcome'],
    ['a time lies beyond the calendar', { endedAt: 9e15 }, 'endedAt'],
    ['tokens are negative', { tokens: Object.assign({}, usageEvent({}).tokens, { output: -5 }) }, 'output'],
    ['a draw is on no account', { draws: [{ leaseId: '1', account: 'system:revenue', amount: '1' }] }, 'account'],
  ])('%s', (_, wrong, field) => {
    const records = read([recordOf(Object.assign({}, usageEvent({}), wrong)), recordOf(usageEvent({}), 2)]);
    if ('fault' in records) throw new Error('The whole batch was refused');
    expect(records[0]!.fault?.reason).toContain(field);
    expect(records[1]!.usage).toBeDefined();
  });

  it('it is both usage and return', () => {
    const records = read([{ sequence: 1, usage: usageEvent({}), returned: { leaseId: '5', account: 'user:7', amount: '3' } }]);
    expect(records).toMatchObject([{ fault: { reason: expect.stringContaining('both') as string } }]);
  });
});

it.each<[string, unknown, object]>([
  ['no relay', [recordOf(usageEvent({}))], { relayId: '' }],
  ['a relay that would break out of a channel name', [recordOf(usageEvent({}))], { relayId: 'a b' }],
  ['no records', [], {}],
  ['a sequence that is no place', [recordOf(usageEvent({}), 0)], {}],
  ['records that are none', 'x', {}],
])('refuses the whole batch with %s', (_, records, over) => {
  expect(read(records, over)).toHaveProperty('fault');
});

it('never throws, whatever comes', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    readUsageBatch(text);
    readLeaseRequest(text);
    read([[text]], { forms: { SpoolRecord: [text, `${text}:SpoolRecord`] } });
  }));
  fc.assert(fc.property(fc.constantFrom(...Object.keys(usageEvent({}))), fc.jsonValue({ maxDepth: 2 }), (field, value) => {
    expect(read([recordOf(Object.assign({}, usageEvent({}), { [field]: value }))])).toHaveLength(1);
  }));
});
