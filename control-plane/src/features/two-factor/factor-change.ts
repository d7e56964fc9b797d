/** What every change of a factor does besides: other sessions end (SES-02), the user is told, an operator's hand is in their log (MFA-04). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import { insertLogRows, type LogRange } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { noteSecurity, SecurityAct } from '../notification/security-news.ts';
import { endSessionsOf } from '../session/session-store.ts';
import { BackupCode } from './backup-code.entity.ts';
import { TwoFactor } from './two-factor.entity.ts';

/** How an operator's act reads in the log of the user. */
const did: Record<SecurityAct, string> = {
  APP_ON: 'switched on the two-factor authentication', APP_OFF: 'switched off the two-factor authentication', PASSKEY_ADDED: 'added a passkey', PASSKEY_REMOVED: 'removed the passkeys',
  BOUND: 'bound an account elsewhere', UNBOUND: 'unbound an account elsewhere',
};

export class FactorChange {
  /** @param tell says after the commit which log rows are new */
  constructor(private readonly events: Events, private readonly tell: (logs: LogRange) => void) {}

  /** Deletes app and backup codes. */
  remove(ctx: RequestContext, userId: number): Promise<void> {
    return this.commit(ctx, userId, SecurityAct.APP_OFF, async (em) => {
      await em.nativeDelete(TwoFactor, { userId });
      await em.nativeDelete(BackupCode, { userId });
    });
  }

  async commit(ctx: RequestContext, userId: number, act: SecurityAct, work: (em: EntityManager) => Promise<unknown>): Promise<void> {
    const caller = callerOf(ctx), now = ctx.clock.now(), isOwn = caller.userId === userId;
    const logs = await ctx.em.transactional(async (em) => {
      await work(em);
      await endSessionsOf(em, userId, isOwn ? caller.sessionId : undefined);
      await noteSecurity(sqlOf(em), userId, act, isOwn ? undefined : caller.username, now);
      if (isOwn) return undefined;
      return insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.MANAGE, userId, content: `${caller.username} (${caller.userId}) ${did[act]}` }], now);
    });
    this.events.publish(callersChanged, userId);
    if (logs) this.tell(logs);
  }
}
