/** Quota on the wire is a whole number written as text; undefined for anything else, and for what a number cannot carry. */
export function readQuota(text: string): number | undefined {
  if (!/^-?\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
