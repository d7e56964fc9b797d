import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText, fromMillionths, toMillionths } from './millionths.ts';

it.each([
  { name: 'reads a whole number', text: '2', value: 2_000_000 },
  { name: 'reads fewer than six places', text: '1.25', value: 1_250_000 },
  { name: 'takes zeros beyond the sixth place', text: '0.50000000', value: 500_000 },
  { name: 'refuses a digit beyond the sixth place', text: '0.1234567', value: undefined },
  { name: 'refuses an exponent', text: '1e3', value: undefined },
  { name: 'refuses a lone dot', text: '.5', value: undefined },
  { name: 'reads a negative value, so that the range check can name it', text: '-1', value: -1_000_000 },
])('$name', ({ text, value }) => expect(toMillionths(text)).toBe(value));

it('writes what it reads', () => {
  fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
    expect(toMillionths(fromMillionths(value))).toBe(value);
  }));
});

it('writes 18 places without rounding', () => expect(decimalText(1_250_000_000_000_000_001n, 18)).toBe('1.250000000000000001'));
