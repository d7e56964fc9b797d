/** Signs and checks what travels over Redis (docs/decisions/0002-relay-link.md, "Form of a message"). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../kernel/secret-box.ts';
import type { RelayHead } from './wire/snapshot.ts';

const macLength = 64;

export class MessageSeal {
  private readonly key: Buffer;

  constructor(masterKey: Buffer) {
    this.key = deriveKey(masterKey, 'relay-link');
  }

  mac(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('hex');
  }

  /** `place` is the channel or stream: a signed text cannot be moved to another. */
  verify(place: string, json: string, mac: string): boolean {
    if (mac.length !== macLength) return false;
    return timingSafeEqual(Buffer.from(mac, 'latin1'), Buffer.from(this.mac(`${place}\n${json}`), 'latin1'));
  }

  pack(channel: string, json: string): string {
    return `${this.mac(`${channel}\n${json}`)}\n${json}`;
  }

  /** The JSON, or undefined when the text was not signed for this channel. */
  unpack(channel: string, text: string): string | undefined {
    const json = text.slice(macLength + 1);
    return text[macLength] === '\n' && this.verify(channel, json, text.slice(0, macLength)) ? json : undefined;
  }

  head(version: number, hash: string, publishedAt: number): RelayHead {
    const schema = 1;
    return { schema, version, hash, publishedAt, mac: this.mac(`${schema}.${version}.${hash}.${publishedAt}`) };
  }
}
