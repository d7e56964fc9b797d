import type { Span } from './json-cursor.ts';

const backslash = 0x5c;

/** Finds which of these names a member has, by its bytes. Names that are written with escapes are known too. */
export function memberName(names: readonly string[]): (bytes: Buffer, key: Span) => string | undefined {
  const byLength: { name: string; bytes: Buffer }[][] = [];
  for (const name of names) (byLength[name.length] ??= []).push({ name, bytes: Buffer.from(name) });

  return (bytes, key) => {
    const start = key.start + 1, length = key.end - key.start - 2;
    const candidates = byLength[length];
    if (candidates) for (const { name, bytes: expected } of candidates) if (beginsWith(bytes, start, expected)) return name;
    // An escape makes a name longer, and a name of this length is rare.
    return length > 0 && length <= 256 && hasEscape(bytes, start, length) ? unescaped(names, bytes, key) : undefined;
  };
}

/** Whether these bytes stand at that place. */
export function beginsWith(bytes: Buffer, start: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index++) if (bytes[start + index] !== expected[index]) return false;
  return true;
}

function hasEscape(bytes: Buffer, start: number, length: number): boolean {
  for (let at = start; at < start + length; at++) if (bytes[at] === backslash) return true;
  return false;
}

/** Undefined: another name, or none, as the escapes are not JSON. */
function unescaped(names: readonly string[], bytes: Buffer, key: Span): string | undefined {
  try {
    const text: unknown = JSON.parse(bytes.toString('utf8', key.start, key.end));
    return names.find((name) => name === text);
  } catch {
    return undefined;
  }
}
