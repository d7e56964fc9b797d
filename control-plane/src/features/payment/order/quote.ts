/** What an amount costs, and what it credits. Exact decimals; nothing here knows a gateway (semantics 9.2, 9.3). */
import { Decimal } from 'decimal.js';

export interface QuoteTerms {
  quotaPerUnit: number;
  /** Amounts are quota units instead of units of currency. */
  inTokens: boolean;
  unitPrice: string;
  /** Factor of the user's group; 0 counts as 1. */
  groupRatio: number;
  /** Amount to factor. */
  discounts: Readonly<Record<string, number>>;
}

export interface Quote {
  /** Units of currency, perhaps with a fraction when amounts are quota units. */
  units: Decimal;
  /** Sum to pay, rounded to two places. */
  money: Decimal;
}

export const ratioOr1 = (ratio: number | undefined): number => (ratio ? ratio : 1);

export function quote(amount: bigint, { quotaPerUnit, inTokens, unitPrice, groupRatio, discounts }: QuoteTerms): Quote {
  const units = inTokens ? new Decimal(amount.toString()).div(quotaPerUnit) : new Decimal(amount.toString());
  const discount = ratioOr1(discounts[units.toString()] ?? discounts[amount.toString()]);
  return { units, money: units.mul(unitPrice).mul(groupRatio).mul(discount).toDecimalPlaces(2, Decimal.ROUND_HALF_UP) };
}

/** Quota of so many units, rounded down: nobody gets a fraction that was not paid. */
export const quotaOf = (units: Decimal, quotaPerUnit: number): bigint => BigInt(units.mul(quotaPerUnit).toDecimalPlaces(0, Decimal.ROUND_DOWN).toFixed(0));
