/** Which addresses this process connects to for somebody else (EGR-03): public ones, and private ones that the operator named. */
import ipaddr from 'ipaddr.js';
import { isAllowed } from '../option/private-range.ts';

/** What IPv6 gives to the public. Everything else is local, translated or not assigned, whatever a library calls it. */
const publicV6 = ipaddr.parseCIDR('2000::/3');

/** @param named entries of an allow-list: CIDR, or CIDR:port */
export function mayReach(text: string, port: number, named: readonly string[]): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return false;
  const address = ipaddr.process(text);                  // IPv4 inside IPv6 counts as what it is
  const isPublic = address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(publicV6));
  return isPublic || isAllowed(named, address, port);
}
