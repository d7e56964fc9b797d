/** Who is at the other end, as far as proxies that the operator trusts vouch for it. */
import ipaddr from 'ipaddr.js';
import { isListed } from '../pipeline/entry/address-list.ts';

/**
 * The rightmost address in X-Forwarded-For that no trusted proxy has; the peer itself when it is not one.
 *
 * @param peer the address of the socket, in its plain form
 * @returns the plain form (IPv4 inside IPv6 as IPv4); the peer's when the header holds something that is no address
 */
export function clientAddressOf(peer: string, forwardedFor: string, trusted: readonly string[]): string {
  let address = peer;
  if (forwardedFor === '' || trusted.length === 0) return address;
  for (const hop of forwardedFor.split(',').toReversed()) {
    if (!isListed(address, trusted)) return address;
    const next = hop.trim();
    if (!ipaddr.isValid(next)) return address;
    address = ipaddr.process(next).toString();
  }
  return address;
}
