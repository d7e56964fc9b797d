/** Ratios and prices are integers of millionths inside, plain decimals outside. No floating point on the way. */

const places = 6;

/** "1.25" → 1250000. Returns undefined for text that has more than six places or is no plain decimal. */
export function toMillionths(decimal: string): number | undefined {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,18}))?$/.exec(decimal);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(places))) return undefined;
  const value = Number(whole) * 1_000_000 + Number(fraction.slice(0, places).padEnd(places, '0'));
  return sign ? -value || 0 : value;
}

/** An integer that stands for value × 10^−scale, as a plain decimal without trailing zeros. */
export function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale), fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** 1250000 → "1.25". */
export const fromMillionths = (value: number): string => decimalText(BigInt(value), places);
