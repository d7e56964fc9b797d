/** The text of a code: 32 hexadecimal characters, 128 bits of chance (semantics 9.1). */
import { randomBytes } from 'node:crypto';

export const newCode = (): string => randomBytes(16).toString('hex');

/** What a person typed or pasted; undefined when no code looks like that. */
export function readCode(text: string): string | undefined {
  const code = text.trim().toLowerCase();
  return /^[0-9a-f]{32}$/.test(code) ? code : undefined;
}

export const maskCode = (code: string): string => `${code.slice(0, 4)}…${code.slice(-4)}`;
