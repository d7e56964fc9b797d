/**
 * Limits on guessing (LIM-01): failures count per account and per address. An account that is guessed at again on the same day waits
 * twice as long each time, up to an hour. Strangers cannot lock an owner out: an address
 * from which the account has a session counts for itself.
 */
import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { Limited, RateLimits } from '../../kernel/rate-limits.ts';
import { Session } from './session.entity.ts';

export interface Attempt { account: string; userId: number | undefined; address: string }

export class SignInLimits {
  constructor(private readonly limits: RateLimits) {}

  /** Counts an attempt before it is checked, so that parallel ones cannot slip through. */
  async begin(em: EntityManager, attempt: Attempt): Promise<Limited | undefined> {
    const byAddress = await this.limits.take('sign-in-address', limitKey(attempt.address));
    return byAddress ?? this.limits.takeGrowing('sign-in-account', 'sign-in-rounds', await this.accountKey(em, attempt));
  }

  /** The attempt was right: it does not count, and the account starts anew. */
  async succeeded(em: EntityManager, attempt: Attempt): Promise<void> {
    await this.limits.giveBack('sign-in-address', limitKey(attempt.address));
    const key = await this.accountKey(em, attempt);
    await this.limits.reset('sign-in-account', key);
    await this.limits.reset('sign-in-rounds', key);
  }

  private async accountKey(em: EntityManager, { account, userId, address }: Attempt): Promise<string> {
    const name = userId === undefined ? `name:${createHash('sha256').update(account.toLowerCase()).digest('base64url')}` : `user:${userId}`;
    // Asked for an unknown name, too: the answer must take as long (LIM-02).
    const isKnown = (await em.count(Session, { userId: userId ?? 0, address })) > 0;
    return isKnown ? `${name}@${limitKey(address)}` : name;
  }
}
