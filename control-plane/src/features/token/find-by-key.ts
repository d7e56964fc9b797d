import type { EntityManager } from '@mikro-orm/postgresql';
import { hashOfKey, readKey } from './token-key.ts';
import { Token } from './token.entity.ts';

/** The token of a presented key, whatever its status; undefined for unknown, deleted and malformed ones. */
export async function findByKey(em: EntityManager, lookupKey: Buffer, text: string): Promise<Token | undefined> {
  const key = readKey(text);
  if (key === undefined) return undefined;
  return (await em.findOne(Token, { keyHash: hashOfKey(lookupKey, key), deletedAt: null })) ?? undefined;
}
