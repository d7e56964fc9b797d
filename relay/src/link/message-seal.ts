import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './derived-key.ts';

const macLength = 64;

/** Signs and checks what travels over Redis (0002, "Form of a message"): whoever can write to Redis still cannot speak for us. */
export class MessageSeal {
  private readonly key: Buffer;

  constructor(masterKey: Buffer) {
    this.key = deriveKey(masterKey, 'relay-link');
  }

  /** 64 hex digits over `text`. */
  mac(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('hex');
  }

  /** The MAC of a body in its place: the key or channel, a newline, the body. Bytes are not copied for it. */
  sign(place: string, body: string | Buffer): string {
    return createHmac('sha256', this.key).update(`${place}\n`).update(body).digest('hex');
  }

  verify(text: string, mac: string): boolean {
    return mac.length === macLength && timingSafeEqual(Buffer.from(mac.toLowerCase(), 'latin1'), Buffer.from(this.mac(text), 'latin1'));
  }

  /** The form on a channel: the MAC, a newline, the JSON. The channel is part of what is signed, so nothing can be moved. */
  pack(channel: string, json: string): string {
    return `${this.sign(channel, json)}\n${json}`;
  }

  /** The JSON, or undefined when the text was not signed for this channel. */
  unpack(channel: string, text: string): string | undefined {
    if (text[macLength] !== '\n') return undefined;
    const json = text.slice(macLength + 1);
    return this.verify(`${channel}\n${json}`, text.slice(0, macLength)) ? json : undefined;
  }
}
