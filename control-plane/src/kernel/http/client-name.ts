/** Which program calls, as it says of itself: `name/version`, or the name alone. */
const longestName = 60, longestVersion = 30;

/** Undefined when it gives no name, or one that is too long or has signs that do not print. */
export function clientOf(headers: ReadonlyMap<string, string>): string | undefined {
  const name = headers.get('x-client-name')?.trim(), version = headers.get('x-client-version')?.trim();
  if (!name || name.length > longestName || !isPlain(name)) return undefined;
  return version && version.length <= longestVersion && isPlain(version) ? `${name}/${version}` : name;
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);
