/** Which addresses are public (EGR-03). Everything that is local, translated, reserved or for documentation is not. */
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

const denied4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16',
  '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
].map((range) => ipaddr.IPv4.parseCIDR(range));

/** Inside 2000::/3, outside of which nothing is given to the public: protocol assignments (Teredo and benchmarks among them), documentation, 6to4. */
const public6 = ipaddr.IPv6.parseCIDR('2000::/3');
const denied6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((range) => ipaddr.IPv6.parseCIDR(range));

/** Undefined when the text is no address. IPv4 inside IPv6 counts as what it is. */
export const toAddress = (text: string): Address | undefined =>
  (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : undefined);

export function isPublic(address: Address): boolean {
  if (address instanceof ipaddr.IPv4) return !denied4.some(([range, bits]) => address.match(range, bits));
  return address.match(public6) && !denied6.some(([range, bits]) => address.match(range, bits));
}
