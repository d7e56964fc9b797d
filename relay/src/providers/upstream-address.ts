import { Failure } from '../failure/failure.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Provider } from './provider.ts';

const version = /\/v\d+$/;

/**
 * Where a call goes (providers 1.1). Administrators paste addresses with and without `/v1`, and with a slash at the end.
 *
 * @param baseUrl the channel's own address; blank: the provider's
 * @returns an absolute http or https address, or a Failure that blames the channel
 */
export function upstreamAddress(provider: Provider, dialect: Dialect, baseUrl: string | null | undefined): URL | Failure {
  const given = baseUrl?.trim() || provider.baseUrl;
  const address = toUrl(given, provider.path?.(dialect) ?? dialect.path);
  if (!address || !/^https?:$/.test(address.protocol)) {
    return new Failure('do_request_failed', { note: `the address of the channel is not a URL: ${given.slice(0, 200)}` });
  }
  return address;
}

function toUrl(base: string, path: string): URL | null {
  if (base.endsWith('#')) return URL.parse(base.slice(0, -1));
  const trimmed = base.replace(/\/+$/, '');
  const own = version.exec(trimmed)?.[0];
  return URL.parse(own && path.startsWith(`${own}/`) ? trimmed + path.slice(own.length) : trimmed + path);
}
