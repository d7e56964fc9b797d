/** Where media that clients name may come from (semantics 11.9, EGR-03, EGR-05): the operator's lists, and nothing private unless they say so. */
import ipaddr from 'ipaddr.js';
import type { RelayFetchRules } from '../gql/types.gen.ts';
import type { AddressGuard } from './address-guard.ts';
import { type Address, isPublic, toAddress } from './public-address.ts';

/** Names under which clouds and clusters keep what nobody outside may read. */
const inner = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa)$/;

export class MediaGuard implements AddressGuard {
  version = 0;
  private rules: RelayFetchRules | undefined;
  private readonly current: () => RelayFetchRules | undefined;

  constructor(current: () => RelayFetchRules | undefined) { this.current = current; }

  /** Whether an address may be asked for at all; where its name leads is seen when it is connected to. */
  admits(url: URL): boolean {
    this.refresh();
    const { rules } = this, host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase(), port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    if (!rules || !/^https?:$/.test(url.protocol) || url.username || url.password || !isPort(rules.ports, port)) return false;
    const literal = toAddress(host);
    if (literal) return this.reaches(literal) && this.listed(literal);
    if (host.endsWith('.') || !host.includes('.') || inner.test(host)) return rules.allowPrivate && this.named(host);
    return this.named(host);
  }

  /** For `OriginPool`: of the addresses behind a name. */
  allows(text: string): boolean {
    const address = toAddress(text);
    return address !== undefined && this.reaches(address) && (!this.rules?.addressesOfNames || this.listed(address));
  }

  refresh(): number {
    const rules = this.current();
    if (rules !== this.rules) { this.rules = rules; this.version++; }
    return this.version;
  }

  private reaches(address: Address): boolean {
    return isPublic(address) || this.rules?.allowPrivate === true;
  }

  private listed(address: Address): boolean {
    const { addresses = [], onlyAddresses = false } = this.rules ?? {};
    const isListed = addresses.some((range) => within(address, range));
    return onlyAddresses ? isListed || addresses.length === 0 : !isListed;
  }

  private named(host: string): boolean {
    const { domains = [], onlyDomains = false } = this.rules ?? {};
    const isListed = domains.some((domain) => { const name = domain.toLowerCase(); return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name; });
    return onlyDomains ? isListed : !isListed;
  }
}

function within(address: Address, range: string): boolean {
  if (!ipaddr.isValid(range) && !ipaddr.isValidCIDR(range)) return false;
  const [base, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), 128] as const;
  return base.kind() === address.kind() && address.match(base, Math.min(bits, base.kind() === 'ipv4' ? 32 : 128));
}

const isPort = (ports: readonly string[], port: number): boolean => ports.some((text) => {
  const [from, to] = text.split('-').map(Number);
  return port >= from! && port <= (to ?? from!);
});
