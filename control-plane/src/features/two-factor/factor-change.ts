/** What every change of a factor does besides: other sessions end (SES-02), and an operator's hand is in the user's log (MFA-04). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../database/sql.ts';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/events.ts';
import { insertLogRows, type LogRange } from '../log/insert-logs.ts';
import { logTypes } from '../log/log-row.ts';
import { endSessionsOf } from '../session/session-store.ts';
import { BackupCode } from './backup-code.entity.ts';
import { TwoFactor } from './two-factor.entity.ts';

export class FactorChange {
  /** @param tell says after the commit which log rows are new */
  constructor(private readonly events: Events, private readonly tell: (logs: LogRange) => void) {}

  /** Deletes app and backup codes. */
  remove(ctx: RequestContext, userId: number, didWhat?: string): Promise<void> {
    return this.commit(ctx, userId, async (em) => {
      await em.nativeDelete(TwoFactor, { userId });
      await em.nativeDelete(BackupCode, { userId });
    }, didWhat);
  }

  /** @param didWhat how an operator's act reads in the log of the user; left out for the user's own */
  async commit(ctx: RequestContext, userId: number, work: (em: EntityManager) => Promise<unknown>, didWhat?: string): Promise<void> {
    const caller = callerOf(ctx), now = ctx.clock.now();
    const logs = await ctx.em.transactional(async (em) => {
      await work(em);
      await endSessionsOf(em, userId, caller.userId === userId ? caller.sessionId : undefined);
      if (didWhat === undefined) return undefined;
      return insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.MANAGE, userId, content: `${caller.username} (${caller.userId}) ${didWhat}` }], now);
    });
    this.events.publish(callersChanged, userId);
    if (logs) this.tell(logs);
  }
}
