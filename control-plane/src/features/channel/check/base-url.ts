/** Where a channel may point: http or https, and nowhere private unless a root user has allowed it (EGR-05). */
import ipaddr from 'ipaddr.js';
import { isAllowed } from '../../option/private-range.ts';

const longest = 2_048;

/** Words that stand for the addresses of a provider's coding plan; the relay knows which. */
const plan = /^(?:glm|kimi|doubao)-coding-plan(?:-international)?$/;

/** The address as it is stored, or undefined when it is none that may stand in a channel. With `#` at its end it is complete, query and all. */
export function readBaseUrl(text: string): string | undefined {
  if (plan.test(text.trim())) return text.trim();
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username || url.password || (url.search && !url.href.endsWith('#')) || url.hash) return undefined;
  const stored = url.href.replace(/\/+$/, '');          // may be longer than what was typed: other scripts are encoded
  return stored.length <= longest ? stored : undefined;
}

const loopback = (host: string): string => (/(^|\.)localhost$/.test(host) ? '127.0.0.1' : host);

/**
 * Whether the address names a destination that is not public and that no entry allows. A host name may still resolve to
 * one: relays check the address they connect to, each time.
 */
export function isForbidden(address: string, allowed: readonly string[]): boolean {
  const url = URL.parse(address);
  if (!url) return false;                               // a word for public addresses
  const host = loopback(url.hostname.replace(/^\[|\]$/g, ''));
  if (!ipaddr.isValid(host)) return false;
  const ip = ipaddr.process(host);
  if (ip.range() === 'unicast') return false;
  return !isAllowed(allowed, ip, Number(url.port) || (url.protocol === 'https:' ? 443 : 80));
}
