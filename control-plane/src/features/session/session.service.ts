/** A user's own list of sessions. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { callersChanged, type Events } from '../../kernel/running/events.ts';
import { readId } from '../../kernel/typed-id.ts';
import { isAlive } from './session-life.ts';
import { Session } from './session.entity.ts';

export class SessionService {
  constructor(private readonly events: Events) {}

  async list(ctx: RequestContext, userId: number): Promise<Session[]> {
    const now = ctx.clock.now().getTime(), { role } = callerOf(ctx);
    const all = await ctx.em.find(Session, { userId }, { orderBy: { lastSeenAt: 'desc', id: 'desc' }, limit: 100 });
    return all.filter((one) => isAlive({ role, createdAt: one.createdAt.getTime(), lastSeenAt: one.lastSeenAt.getTime(), ended: one.ended }, now));
  }

  async revoke(ctx: RequestContext, ids: readonly string[]): Promise<void> {
    const { userId } = callerOf(ctx);
    await ctx.em.nativeDelete(Session, { userId, id: { $in: ids.slice(0, 1_000).map((id) => readId('session', id)) } });
    this.events.publish(callersChanged, userId);
  }
}
