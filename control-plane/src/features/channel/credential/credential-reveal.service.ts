/** The plain secrets of a channel: limited, and each time in the log (SEC-06). */
import { sqlOf } from '../../../database/sql.ts';
import { callerOf, type RequestContext } from '../../../kernel/context.ts';
import type { RateLimits } from '../../../kernel/rate-limits.ts';
import { notFound } from '../../../kernel/words/refusal.ts';
import type { SecretBox } from '../../../kernel/secret-box.ts';
import { throttled } from '../../../kernel/words/throttled.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { insertLogRows, type LogRange } from '../../log/insert-logs.ts';
import { logTypes } from '../../log/log-row.ts';
import { Channel } from '../channel.entity.ts';
import { ChannelCredential } from './channel-credential.entity.ts';
import { secretPlace } from './credentials.ts';
import { CredentialRevealPayload, type RevealedCredential } from './credential-reveal.types.ts';

export interface RevealParts { box: SecretBox; limits: RateLimits; tell: (logs: LogRange) => void }

export class CredentialRevealService {
  constructor(private readonly parts: RevealParts) {}

  /** @param ids some of the channel's credentials; null: all */
  async reveal(ctx: RequestContext, channelId: string, ids: readonly string[] | null): Promise<CredentialRevealPayload> {
    const { box, limits } = this.parts;
    const limited = await limits.take('reveal', String(callerOf(ctx).userId));
    if (limited) throw throttled(ctx, limited);
    const channel = await ctx.em.findOne(Channel, readId('channel', channelId));
    if (!channel) return new CredentialRevealPayload([], [notFound(ctx)]);
    const wanted = ids && { id: { $in: ids.slice(0, 500).map((id) => readId('credential', id)) } };
    const rows = await ctx.em.find(ChannelCredential, { channelId: channel.id, ...wanted }, { orderBy: { position: 'asc', id: 'asc' } });
    if (!rows.length) return new CredentialRevealPayload([], [notFound(ctx, ['credentialIds'])]);
    await this.note(ctx, channel, rows);
    return new CredentialRevealPayload(rows.map((row): RevealedCredential => ({ id: row.globalId, position: row.position, secret: box.open(row.secret, secretPlace(row.id)) })));
  }

  /** Before the answer, so that nothing is shown that is not in the log. */
  private async note(ctx: RequestContext, channel: Channel, rows: readonly ChannelCredential[]): Promise<void> {
    const { userId, username } = callerOf(ctx), now = ctx.clock.now();
    const content = `${username} (${userId}) read ${rows.length} credential(s) of the channel ${channel.name} (${channel.id})`;
    const logs = await ctx.em.fork().transactional((em) =>
      insertLogRows(sqlOf(em), [{ at: now.getTime(), type: logTypes.SYSTEM, userId, channelId: channel.id, ip: ctx.address, requestId: ctx.requestId, content }], now));
    if (logs) this.parts.tell(logs);
  }
}
