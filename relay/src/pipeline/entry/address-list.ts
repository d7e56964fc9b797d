/** Lists of addresses and CIDRs, as tokens and operators write them. */
import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Lists live in the snapshot and do not change: each is read once, whatever number of requests asks for it. */
const read = new WeakMap<readonly string[], Range[]>();

/** Whether the address is in the list. What is not an address, on either side, matches nothing. IPv4 inside IPv6 counts as IPv4. */
export function isListed(address: string, list: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  let ranges = read.get(list);
  if (!ranges) read.set(list, ranges = list.flatMap(rangeOf));
  const asked = ipaddr.process(address);
  return ranges.some(([range, bits]) => range.kind() === asked.kind() && asked.match(range, bits));
}

function rangeOf(entry: string): Range[] {
  const text = entry.trim();
  if (ipaddr.isValidCIDR(text)) return [ipaddr.parseCIDR(text)];
  if (!ipaddr.isValid(text)) return [];
  const single = ipaddr.process(text);
  return [[single, single.kind() === 'ipv4' ? 32 : 128]];
}
