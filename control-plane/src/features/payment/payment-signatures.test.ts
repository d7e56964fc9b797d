import { createHmac } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { minorUnits } from './creem/minor-units.ts';
import { isEpaySigned, signEpay } from './epay/epay-sign.ts';
import { quote, quotaOf } from './order/quote.ts';

const order = {
  device: 'pc', money: '69.35', name: 'TUC10', notify_url: 'https://gw.example/api/user/epay/notify', out_trade_no: 'USR1NOabc1231700000000', pid: '1001',
  return_url: 'https://gw.example/console/log', type: 'alipay',
};

describe('the epay signature', () => {
  it('is the one of the protocol', () => expect(signEpay(order, 'secret')).toBe('c91c151e426efe40f5f576ef09b57eea'));

  it('leaves out empty values and itself', () => {
    expect(signEpay({ ...order, sign: 'x', sign_type: 'MD5', param: '' }, 'secret')).toBe('c91c151e426efe40f5f576ef09b57eea');
  });

  it('is checked against each key, and against none when there is none', () => {
    const signed = { ...order, sign: 'C91C151E426EFE40F5F576EF09B57EEA', sign_type: 'MD5' };
    expect([isEpaySigned(signed, ['new', 'secret']), isEpaySigned(signed, ['new']), isEpaySigned(signed, []), isEpaySigned({ ...signed, money: '69.36' }, ['secret']), isEpaySigned(order, ['secret'])])
      .toEqual([true, false, false, false, false]);
  });
});

it('signs as Stripe and Creem do, by their published vectors', () => {
  const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
  expect(hmac('whsec_x', '1700000000.{"id":"evt_1"}')).toBe('366e40c480fe3a9e6a03609dca079cea86d77ae82d5a56b5348208247317a8d1');
  expect(hmac('creemkey', '{"eventType":"checkout.completed"}')).toBe('10d8c725c2974b5660f7c48629fc31bcc5af8c5afe445bc2f8c4b1231c97b4fc');
});

describe('a quote', () => {
  const terms = { quotaPerUnit: 500_000, inTokens: false, unitPrice: '7.3', groupRatio: 1, discounts: {} };
  it.each([
    { amount: 10n, over: {}, money: '73.00' },
    { amount: 10n, over: { discounts: { 10: 0.95 } }, money: '69.35' },
    { amount: 10n, over: { groupRatio: 0.8 }, money: '58.40' },
    { amount: 1n, over: { unitPrice: '0.004' }, money: '0.00' },
    { amount: 1n, over: { unitPrice: '0.005' }, money: '0.01' },
    { amount: 5_000_000n, over: { inTokens: true }, money: '73.00' },
    { amount: 250_000n, over: { inTokens: true }, money: '3.65' },
  ])('of $amount with $over is $money', ({ amount, over, money }) => expect(quote(amount, { ...terms, ...over }).money.toFixed(2)).toBe(money));

  it('credits whole quota, rounded down', () => expect([quotaOf(new Decimal('1.5'), 500_000), quotaOf(new Decimal('0.0000019'), 500_000)]).toEqual([750_000n, 0n]));
});

it.each([{ sum: '9.99', currency: 'USD', minor: 999n }, { sum: '1200', currency: 'JPY', minor: 1_200n }, { sum: '1.234', currency: 'KWD', minor: 1_234n }])('has $minor of the smallest unit in $sum $currency', ({ sum, currency, minor }) =>
  expect(minorUnits(new Decimal(sum), currency)).toBe(minor));
