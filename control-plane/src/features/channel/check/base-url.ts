/** Where a channel may point: http or https, and nowhere private unless a root user has allowed it (EGR-05). */
import ipaddr from 'ipaddr.js';
import { isAllowed } from '../../option/private-range.ts';

const longest = 2_048;

/** The address as it is stored, or undefined when it is none that may stand in a channel. */
export function readBaseUrl(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username || url.password || url.search || url.hash) return undefined;
  const stored = url.href.replace(/\/+$/, '');          // may be longer than what was typed: other scripts are encoded
  return stored.length <= longest ? stored : undefined;
}

const loopback = (host: string): string => (/(^|\.)localhost$/.test(host) ? '127.0.0.1' : host);

/**
 * Whether the address names a destination that is not public and that no entry allows. A host name may still resolve to
 * one: relays check the address they connect to, each time.
 */
export function isForbidden(address: string, allowed: readonly string[]): boolean {
  const url = new URL(address);
  const host = loopback(url.hostname.replace(/^\[|\]$/g, ''));
  if (!ipaddr.isValid(host)) return false;
  const ip = ipaddr.process(host);
  if (ip.range() === 'unicast') return false;
  return !isAllowed(allowed, ip, Number(url.port) || (url.protocol === 'https:' ? 443 : 80));
}
