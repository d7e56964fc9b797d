/** An address that an administrator typed and a path below it, put together (providers 1.1). */

const version = /^v\d+(?:alpha|beta)?$/;
const gateway = 'gateway.ai.cloudflare.com';

/**
 * Addresses come with and without `/v1`, with and without the prefix of the provider, with a slash at the end, or with `#`: then
 * they are complete. What both have is said once.
 *
 * @param path begins with a slash
 * @returns null when that is no address
 */
export function below(base: string, path: string): URL | null {
  if (base.endsWith('#')) return URL.parse(base.slice(0, -1));
  const url = URL.parse(base);
  if (!url) return null;
  const given = url.pathname.split('/').filter(Boolean);
  const [way, query] = split(path, '?');
  const wanted = way.split('/').filter(Boolean);
  const joined = url.hostname === gateway && given.at(-1) === 'openai' ? [...given, ...withoutVersion(wanted)] : together(given, wanted);
  return URL.parse(`${url.origin}/${joined.join('/')}${query === undefined ? '' : `?${query}`}`);
}

function together(given: readonly string[], wanted: readonly string[]): readonly string[] {
  for (let size = Math.min(given.length, wanted.length); size > 0; size--) {
    if (wanted.slice(0, size).every((part, index) => part === given[given.length - size + index])) return [...given, ...wanted.slice(size)];
  }
  // A base that ends with the version, of a provider that has it further down its path.
  const last = given.at(-1) ?? '';
  const again = version.test(last) ? wanted.indexOf(last) : -1;
  if (again < 0) return [...given, ...wanted];
  return given.length === 1 ? wanted : [...given, ...wanted.slice(again + 1)];
}

const withoutVersion = (parts: readonly string[]): readonly string[] => (version.test(parts[0] ?? '') ? parts.slice(1) : parts);

function split(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
