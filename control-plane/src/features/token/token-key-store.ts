/** The key of a token: made once, found by hash, kept as an envelope so that its owner can read it again (SEC-04). */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { hashOfKey, maskedKey, newKey } from './token-key.ts';
import { Token } from './token.entity.ts';

/** As many as a user may have. */
const mostOpened = 1_000;

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

  /** The user's own keys that have the text in them. Each copy is opened: nothing of a key's middle stands in the clear. */
  async holding(em: EntityManager, userId: number, text: string): Promise<number[]> {
    const tokens = await em.fork().find(Token, { userId, deletedAt: null }, { orderBy: { id: 'desc' }, limit: mostOpened });
    return tokens.filter((token) => (this.read(token) ?? token.maskedKey).includes(text)).map(({ id }) => id);
  }

  hashOf(key: string): string {
    return hashOfKey(this.lookupKey, key);
  }
}
