/** Who is at the other end (LIM-05): forwarding headers count only when a configured proxy sent them. */
import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Four decimal parts or IPv6: the short and octal forms that the library also takes mean different things to different readers. */
const isAddress = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);

/** Mapped IPv4 becomes IPv4, so that one caller has one spelling. Undefined when it is no address. */
export function readAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (isIPv4(trimmed)) return trimmed;                   // nearly always, and it has one spelling only
  return isAddress(trimmed) ? ipaddr.process(trimmed).toString() : undefined;
}

/** Reads an address or a CIDR; undefined when it is neither. */
export function readRange(text: string): Range | undefined {
  if (!isAddress(text.split('/')[0]!)) return undefined;
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return undefined;                                    // the library says "not an address" by throwing
  }
}

export function isWithin(address: string, ranges: readonly Range[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range));
}

export const isLoopback = (address: string): boolean => ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/** Whether a Host header names this machine: `localhost`, `127.0.0.1:3000`, `[::1]:3000`. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

/** The unit that limits count: an IPv4 address, or the /64 that one IPv6 customer holds. */
export function limitKey(address: string): string {
  if (isIPv4(address)) return address;
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

/** Returns a reader of the caller's address: from the right, the first hop that is not a trusted proxy. */
export function addressReader(trustedProxies: readonly string[]): (peer: string, forwardedFor: string | undefined) => string {
  const trusted = trustedProxies.map(readRange).filter((range) => range !== undefined);
  return (peer, forwardedFor) => {
    let address = readAddress(peer) ?? peer;
    if (forwardedFor === undefined || trusted.length === 0) return address;
    const hops = forwardedFor.split(',').map((hop) => readAddress(hop));
    while (hops.length && ipaddr.isValid(address) && isWithin(address, trusted)) {
      const next = hops.pop();
      if (next === undefined) break;                     // garbage ends what can be believed
      address = next;
    }
    return address;
  };
}
