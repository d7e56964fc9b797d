/** The query of a client goes along where its bytes pass to the default address of a provider (providers 1.1). */
import type { Address, Target } from './upstream-call.ts';

/** Credentials of ours, in the two ways in which clients put them there. */
const keys = new Set(['key', 'api_key']);

/** Without keys, and without what the address says already. */
export function withQuery(address: Address, query: string, { passThrough, provider, served, base }: Target): Address {
  if (!passThrough || provider.path || provider.sign || served?.path !== undefined || base.endsWith('#')) return address;
  const said = new URLSearchParams(address.path.split('?')[1] ?? '');
  const kept = query.split('&').filter((pair) => { const name = pair.split('=', 1)[0] ?? ''; return name !== '' && !keys.has(name) && !said.has(name); });
  return kept.length > 0 ? { ...address, path: `${address.path}${address.path.includes('?') ? '&' : '?'}${kept.join('&')}` } : address;
}
