import { Failure } from '../../failure/failure.ts';
import type { Wire } from '../../dialects/dialect.ts';
import { servedBy } from '../../endpoints/served-by.ts';
import { below } from './base-address.ts';
import type { Call, Provider } from '../provider.ts';
import { planAddress } from './subscription-plans.ts';

const whole = /^[a-z]+:\/\//i;

/**
 * Where a call goes (providers 1.1). Administrators paste addresses with and without `/v1`, and with a slash at the end.
 *
 * @returns an absolute http or https address, or a Failure that blames the channel
 */
export function upstreamAddress(provider: Provider, call: Call): URL | Failure {
  const address = addressAt(call.base, planAddress(call) ?? ownPath(provider, call) ?? provider.path?.(call) ?? provider.places?.[call.dialect.name] ?? pathOf(call));
  // As the official clients of betas ask; some relays before the provider go by it.
  if (!(address instanceof Failure) && call.dialect.name === 'anthropic-messages' && call.extra.settings['claude_beta_query'] === true) address.searchParams.set('beta', 'true');
  return address;
}

/** @param own the channel's address; blank: the provider's */
export const baseOf = (provider: Pick<Provider, 'baseUrl'>, own: string | null | undefined): string => own?.trim().replace(/\/+$/, '') || provider.baseUrl;

/** Where the provider takes an endpoint that it does not have where OpenAI has it. */
function ownPath(provider: Provider, call: Call): string | undefined {
  const path = servedBy(provider, call.dialect)?.path;
  return typeof path === 'function' ? path(call) : path;
}

/** Whether one address does for every call of this kind. */
export const isFixedAddress = (provider: Provider, dialect: Wire): boolean =>
  !provider.path && !dialect.callPath && typeof servedBy(provider, dialect)?.path !== 'function';

/** The dialect's own path for a call. */
export const pathOf = (call: Call): string => call.dialect.callPath?.(call) ?? call.dialect.path;

/** @param path below the base, beginning with a slash; or an address of its own */
export function addressAt(base: string, path: string): URL | Failure {
  const address = whole.test(path) ? URL.parse(path) : below(base, path);
  if (address && /^https?:$/.test(address.protocol)) return address;
  return new Failure('do_request_failed', { note: `the address of the channel is not a URL: ${base.slice(0, 200)}` });
}
