/** The one place that turns quota, numbers and times into words. */

const digits = (value: number): Intl.NumberFormatOptions =>
  Math.abs(value) >= 1 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
    : Math.abs(value) >= 0.01 ? { minimumFractionDigits: 4, maximumFractionDigits: 4 }
      : { maximumSignificantDigits: 8 };

/**
 * Quota units as US dollars. A value that is not zero never shows as $0.00.
 *
 * @param quota whole units, as the text that GraphQL gives
 */
export function formatQuota(quota: string, quotaPerUnit: number, language: string): string {
  const dollars = Number(quota) / quotaPerUnit;
  const options = dollars === 0 ? { minimumFractionDigits: 2 } : digits(dollars);
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...options }).format(dollars);
}

export const formatCount = (value: number | string, language: string): string => new Intl.NumberFormat(language).format(Number(value));

export const formatTime = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));

export const formatDate = (iso: string, language: string): string => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(iso));

export function formatDuration(ms: number | null | undefined, language: string): string {
  if (ms == null) return '–';
  const seconds = ms >= 1000;
  return new Intl.NumberFormat(language, {
    style: 'unit', unit: seconds ? 'second' : 'millisecond', unitDisplay: 'narrow', maximumFractionDigits: seconds ? 2 : 0,
  }).format(seconds ? ms / 1000 : ms);
}

/** Quota units as a plain number of dollars, for an input field: the reverse of `readAmount`. */
export const formatPlainAmount = (quota: string, quotaPerUnit: number): string => String(Number(quota) / quotaPerUnit);

/** What a person types for an amount: `5`, `$5`, `5 USD`, `2,500,000 quota`. Undefined when it is none of these. */
export function readAmount(text: string, quotaPerUnit: number): string | undefined {
  const match = /^\s*\$?\s*([\d,]+(?:\.\d+)?)\s*(usd|\$|quota)?\s*$/i.exec(text);
  if (!match) return undefined;
  const value = match[1]!.replaceAll(',', '');
  if (match[2]?.toLowerCase() === 'quota') return /^\d{1,16}$/.test(value) ? value : undefined;
  const quota = Math.round(Number(value) * quotaPerUnit);
  return Number.isSafeInteger(quota) ? String(quota) : undefined;
}
