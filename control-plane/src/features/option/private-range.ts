/** Entries of `upstream.private_allowlist`: a CIDR or one address, and perhaps a port: `10.0.0.0/8`, `127.0.0.1/32:9000`, `[fd00::]/8:443`. */
import ipaddr from 'ipaddr.js';

export interface PrivateRange { address: ipaddr.IPv4 | ipaddr.IPv6; bits: number; port: number | undefined }

const form = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)|([0-9a-f:.]*:[0-9a-f:.]*))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/i;

/** Undefined when the text is not an entry. An IPv6 range with a port needs brackets around the address. */
export function readPrivateRange(text: string): PrivateRange | undefined {
  const match = form.exec(text);
  const host = match?.[1] ?? match?.[2] ?? match?.[3];
  if (!match || !host || !ipaddr.isValid(host)) return undefined;
  const address = ipaddr.parse(host), widest = address.kind() === 'ipv4' ? 32 : 128;
  const bits = match[4] === undefined ? widest : Number(match[4]), port = match[5] === undefined ? undefined : Number(match[5]);
  if (bits > widest || port === 0 || (port ?? 1) > 65_535) return undefined;
  return { address, bits, port };
}

export const checkPrivateRange = (text: string): string | undefined =>
  (readPrivateRange(text) ? undefined : `CIDR or CIDR:port, which "${text.slice(0, 60)}" is not`);

/** Whether one of the entries lets a request reach this address and port. */
export function isAllowed(entries: readonly string[], address: ipaddr.IPv4 | ipaddr.IPv6, port: number): boolean {
  return entries.some((entry) => {
    const range = readPrivateRange(entry);
    return range !== undefined && range.address.kind() === address.kind()
      && (range.port === undefined || range.port === port) && address.match(range.address, range.bits);
  });
}
