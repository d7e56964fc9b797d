import { Failure } from '../failure/failure.ts';
import type { Surface } from '../dialects/dialect.ts';
import { servedBy } from '../endpoints/served-by.ts';
import type { Call, Provider } from './provider.ts';

const version = /\/v\d+(?:alpha|beta)?$/;
const whole = /^[a-z]+:\/\//i;

/**
 * Where a call goes (providers 1.1). Administrators paste addresses with and without `/v1`, and with a slash at the end.
 *
 * @param baseUrl the channel's own address; blank: the provider's
 * @returns an absolute http or https address, or a Failure that blames the channel
 */
export function upstreamAddress(provider: Provider, call: Call, baseUrl: string | null | undefined): URL | Failure {
  return addressAt(baseUrl?.trim() || provider.baseUrl, ownPath(provider, call) ?? provider.path?.(call) ?? pathOf(call));
}

/** Where the provider takes an endpoint that it does not have where OpenAI has it. */
function ownPath(provider: Provider, call: Call): string | undefined {
  const path = servedBy(provider, call.dialect)?.path;
  return typeof path === 'function' ? path(call) : path;
}

/** Whether one address does for every call of this kind. */
export const isFixedAddress = (provider: Provider, dialect: Surface): boolean =>
  !provider.path && !dialect.callPath && typeof servedBy(provider, dialect)?.path !== 'function';

/** The dialect's own path for a call. */
export const pathOf = (call: Call): string => call.dialect.callPath?.(call) ?? call.dialect.path;

/** @param path below the base, beginning with a slash; or an address of its own */
export function addressAt(base: string, path: string): URL | Failure {
  const address = whole.test(path) ? URL.parse(path) : toUrl(base, path);
  if (address && /^https?:$/.test(address.protocol)) return address;
  return new Failure('do_request_failed', { note: `the address of the channel is not a URL: ${base.slice(0, 200)}` });
}

function toUrl(base: string, path: string): URL | null {
  if (base.endsWith('#')) return URL.parse(base.slice(0, -1));
  const trimmed = base.replace(/\/+$/, '');
  const own = version.exec(trimmed)?.[0];
  return URL.parse(own && path.startsWith(`${own}/`) ? trimmed + path.slice(own.length) : trimmed + path);
}
