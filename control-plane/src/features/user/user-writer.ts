/** How users are written: row, what the change ends, and the mark for relays in one transaction. */
import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import { refusal } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { endSessionsOf, endSessionsOfDisabled } from '../session/session-store.ts';
import { UserStatus, type User } from './user.entity.ts';
import { UserPayload } from './user.payloads.ts';

export interface UserChange {
  /** Signs the user out everywhere, but for the session `except`. */
  endSessions?: boolean;
  except?: number;
  /** Runs in the same transaction, when the row is written. */
  also?: (em: EntityManager) => Promise<void>;
}

export class UserWriter {
  constructor(private readonly events: Events) {}

  /** A name taken in this moment, or a change by someone else in this moment, is a refusal. */
  async save(ctx: RequestContext, user: User, { endSessions = false, except, also }: UserChange = {}): Promise<UserPayload> {
    try {
      await ctx.em.transactional(async (em) => {
        await em.persist(user).flush();
        touch(em, 'user', user.id);
        if (endSessions) await (user.status === UserStatus.DISABLED && !user.deletedAt ? endSessionsOfDisabled(em, user.id) : endSessionsOf(em, user.id, except));
        await em.flush();
        await also?.(em);
      });
    } catch (fault) {
      const refused = whyNot(ctx, fault);
      if (!refused) throw fault;
      return new UserPayload(null, [refused]);
    }
    // Open sockets look again at who they are only now: before the commit they would still find the old user.
    if (endSessions) this.events.publish(callersChanged, user.id);
    return new UserPayload(user);
  }
}

function whyNot(ctx: RequestContext, fault: unknown) {
  if (fault instanceof UniqueConstraintViolationException) {
    const isEmail = fault.message.includes('user_account_email_unique');
    return isEmail ? refusal(ctx, UserErrorCode.TAKEN, 'email_taken', ['input', 'email']) : refusal(ctx, UserErrorCode.TAKEN, 'username_taken', ['input', 'username']);
  }
  if (fault instanceof OptimisticLockError) return refusal(ctx, UserErrorCode.CONFLICT, 'version_conflict', ['expectedVersion']);
  return undefined;
}
