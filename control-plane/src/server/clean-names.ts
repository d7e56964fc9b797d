/** Names that people give to things, in one spelling and without what could hide or turn text around (INP-05). */

/** C0 and C1 controls, and the characters that change the direction of text. Joiners stay: emoji and some scripts need them. */
const hidden = /[\p{Cc}\p{Bidi_Control}]/gu;

const names = new Set(['name', 'displayName']);

export const cleanName = (text: string): string => text.normalize('NFC').replace(hidden, '');

/** In the arguments themselves: they were made for this call. User names are not touched: with such a character they are refused. */
export function cleanNames(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' && names.has(name)) (value as Record<string, unknown>)[name] = cleanName(member);
    else cleanNames(member);
  }
}
