/** Names to addresses by a resolver of its own: the system's would take threads that the spool's fsync needs (UPS-07). */
import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';

export interface Found { readonly addresses: readonly string[]; readonly ttlSeconds: number }
export type NameLookup = (host: string) => Promise<Found>;

const hostsSeconds = 30;
const noSuchName = new Set(['ENOTFOUND', 'ENODATA']);
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** IPv4 first; IPv6 where a name has nothing else. Rejects when the name is not known or nobody answers in time. */
export function nameLookup(hostsFile = '/etc/hosts'): NameLookup {
  const resolver = new Resolver({ timeout: 900, tries: 2 });
  let system: Promise<unknown> = Promise.resolve();
  /** What only the system knows (search domains, other name services): one at a time, so that it holds one thread at most. */
  const askSystem = (host: string): Promise<Found> => {
    const answer = system.then(() => systemLookup(host, { all: true, order: 'ipv4first' }));
    system = answer.catch(() => {});                     // whose answer it is hears of it below; the next one only waits for its turn
    return answer.then((found) => ({ addresses: found.map((one) => one.address), ttlSeconds: hostsSeconds }));
  };
  return async (host) => {
    if (host === 'localhost' || host.endsWith('.localhost')) return { addresses: ['127.0.0.1', '::1'], ttlSeconds: hostsSeconds };
    const listed = await fromHosts(hostsFile, host);
    if (listed.length) return { addresses: listed, ttlSeconds: hostsSeconds };
    try {
      const found = await resolver.resolve4(host, { ttl: true }).catch((error: unknown) => {
        if (codeOf(error) !== 'ENODATA') throw error;
        return resolver.resolve6(host, { ttl: true });
      });
      return { addresses: found.map((one) => one.address), ttlSeconds: Math.min(...found.map((one) => one.ttl)) };
    } catch (error) {
      if (noSuchName.has(codeOf(error))) return askSystem(host);
      throw error;
    }
  };
}

async function fromHosts(file: string, host: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');   // not every system has one, and then it says nothing
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/));
  const found = lines.flatMap(([address, ...names]) => (address && names.includes(host.toLowerCase()) ? [address] : []));
  return [...new Set(found)].toSorted((one, other) => Number(one.includes(':')) - Number(other.includes(':')));
}
