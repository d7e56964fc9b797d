import type { Decimal } from 'decimal.js';

/** A sum in the smallest unit of its currency: cents, or whole yen. */
export function minorUnits(sum: Decimal, currency: string): bigint {
  const places = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return BigInt(sum.mul(10 ** places).toDecimalPlaces(0).toFixed(0));
}
