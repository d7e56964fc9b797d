/** RFC 4180, as spreadsheets read it. */

/** A cell that would be a formula is text (graphql-design 19). */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text);

function cell(value: unknown): string {
  const text = harmless(value === null || value === undefined ? '' : typeof value === 'string' ? value : String(value as number));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (values: readonly unknown[]): string => `${values.map(cell).join(',')}\r\n`;

/** Spreadsheets take a file without it for another character set. */
export const byteOrderMark = '\ufeff';
