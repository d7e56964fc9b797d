/** Which addresses a relay connects to: public ones, and private ones that the operator named. Everything else is refused (SSRF). */
import ipaddr from 'ipaddr.js';
import type { AddressGuard } from './address-guard.ts';
import { type Address, isPublic, toAddress } from './public-address.ts';

interface Range { readonly address: Address; readonly bits: number; readonly port: number | undefined }

/** `10.0.0.0/8`, `127.0.0.1`, `127.0.0.1/32:9000`, `[fd00::]/8:443`: as the control plane takes them. */
const form = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)|([0-9a-f:.]*:[0-9a-f:.]*?))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/i;

/** Nothing when the text is no range: what cannot be read allows nothing. */
function rangesOf(text: string): Range[] {
  const match = form.exec(text.trim()), host = match?.[1] ?? match?.[2] ?? match?.[3];
  if (!match || !host || !ipaddr.isValid(host)) return [];
  const address = ipaddr.parse(host), widest = address.kind() === 'ipv4' ? 32 : 128;
  const bits = match[4] === undefined ? widest : Number(match[4]), port = match[5] === undefined ? undefined : Number(match[5]);
  return bits <= widest ? [{ address, bits, port }] : [];
}

export class EgressGuard implements AddressGuard {
  private readonly always: readonly Range[];
  private readonly setting: () => readonly string[];
  private texts: readonly string[] = [];
  private ranges: readonly Range[] = [];
  /** Changes whenever an address may have become forbidden: what was allowed before must be asked again. */
  version = 0;

  /** @param setting the list of the present snapshot; read again when it is another object */
  constructor(always: readonly string[], setting: () => readonly string[]) {
    this.always = always.flatMap(rangesOf);
    this.setting = setting;
  }

  allows(text: string, port: number): boolean {
    const address = toAddress(text);
    if (!address) return false;
    this.refresh();
    if (isPublic(address)) return true;
    const holds = (range: Range) => range.address.kind() === address.kind()
      && (range.port === undefined || range.port === port) && address.match(range.address, range.bits);
    return this.always.some(holds) || this.ranges.some(holds);
  }

  /** Takes over the present list; gives the version that now holds. */
  refresh(): number {
    const texts = this.setting();
    if (texts === this.texts) return this.version;
    const same = texts.length === this.texts.length && texts.every((text, index) => text === this.texts[index]);
    this.texts = texts;
    if (same) return this.version;
    this.ranges = texts.flatMap(rangesOf);
    return ++this.version;
  }
}
