/** RFC 3986 2.1, of UTF-8. Undefined: the escapes are broken. */
export function percentDecoded(text: string): string | undefined {
  try { return decodeURIComponent(text); } catch { return undefined; }
}
