import ipaddr from 'ipaddr.js';

/** Peers come again: writing an address out costs more than finding it. */
const known = new Map<number, string>();
const mostKnown = 50_000;

/** The plain form of an address as the socket has it: 4 bytes or 16, IPv4 inside IPv6 as IPv4; empty for anything else. */
export function peerText(address: ArrayBuffer): string {
  if (address.byteLength !== 4) return address.byteLength === 16 ? written(address) : '';
  const bytes = new Uint8Array(address);
  const number = ((bytes[0]! * 256 + bytes[1]!) * 256 + bytes[2]!) * 256 + bytes[3]!;
  const text = known.get(number);
  if (text !== undefined) return text;
  if (known.size >= mostKnown) known.clear();
  const fresh = bytes.join('.');
  known.set(number, fresh);
  return fresh;
}

function written(address: ArrayBuffer): string {
  const parsed = ipaddr.fromByteArray([...new Uint8Array(address)]);
  return ipaddr.process(parsed.toString()).toString();
}
