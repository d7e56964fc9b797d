/** The key of a token: made once, found by hash, kept as an envelope so that its owner can read it again (SEC-04). */
import type { SecretBox } from '../../kernel/secret-box.ts';
import { hashOfKey, maskedKey, newKey } from './token-key.ts';
import type { Token } from './token.entity.ts';

const place = (tokenId: number) => ({ table: 'token', row: tokenId, column: 'key' });

export class TokenKeyStore {
  constructor(private readonly box: SecretBox, private readonly lookupKey: Buffer) {}

  /** The 48 characters; the token gets their hash and mask. */
  give(token: Token): string {
    const key = newKey();
    token.keyHash = hashOfKey(this.lookupKey, key);
    token.maskedKey = maskedKey(key);
    return key;
  }

  /** Once the token has its number: the envelope is bound to it. */
  keepCopy(token: Token, key: string): void {
    token.keyEnvelope = this.box.seal(key, place(token.id));
  }

  /** The 48 characters; undefined when no copy is kept. */
  read(token: Token): string | undefined {
    return token.keyEnvelope ? this.box.open(token.keyEnvelope, place(token.id)) : undefined;
  }

  hashOf(key: string): string {
    return hashOfKey(this.lookupKey, key);
  }
}
