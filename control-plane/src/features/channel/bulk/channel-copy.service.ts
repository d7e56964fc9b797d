/** A second channel like the first, with its credentials: opened and sealed again, because a secret is bound to its row. */
import { LockMode } from '@mikro-orm/core';
import type { RequestContext } from '../../../kernel/context.ts';
import { notFound, refusal } from '../../../kernel/words/refusal.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { UserErrorCode } from '../../../kernel/words/user-error.ts';
import { touch } from '../../relay-link/snapshot-changes.ts';
import { Channel } from '../channel.entity.ts';
import type { ChannelPayload } from '../channel.payloads.ts';
import type { ChannelProxy } from '../proxy/channel-proxy.ts';
import type { Credentials } from '../credential/credentials.ts';

const longestName = 100;

/** @param resetBalance false keeps the balance and the used quota of the first channel in the second */
export interface CopyChoices { suffix: string; resetBalance: boolean }

export class ChannelCopyService {
  constructor(private readonly credentials: Credentials, private readonly proxy: ChannelProxy) {}

  copy(ctx: RequestContext, id: string, { suffix, resetBalance }: CopyChoices): Promise<ChannelPayload> {
    return ctx.em.transactional(async (em) => {
      const source = await em.findOne(Channel, { id: readId('channel', id) }, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
      if (!source) return { channel: null, userErrors: [notFound(ctx)] };
      const name = `${source.name}${suffix}`.trim();
      if (name.length > longestName) return { channel: null, userErrors: [refusal(ctx, UserErrorCode.TOO_LONG, 'name_too_long', ['suffix'])] };
      const { type, status, statusReason, statusChangedAt, baseUrl, models, groups, modelMapping, priority, weight, tag, testModel, remark, autoBan, credentialMode, multiKey, extras } = source;
      const channel = em.create(Channel, {
        name, type, status, statusReason, statusChangedAt, baseUrl, models: [...models], groups: [...groups], modelMapping: { ...modelMapping }, priority, weight,
        tag, testModel, remark, autoBan, credentialMode, multiKey, extras: Object.assign({}, extras), createdAt: ctx.clock.now(),
        ...(!resetBalance && { balanceMillionths: source.balanceMillionths, balanceAt: source.balanceAt, usedQuota: source.usedQuota }),
      });
      await em.persist(channel).flush();
      this.proxy.copy(source, channel);
      await this.credentials.copy(em, source.id, channel.id, ctx.clock.now());
      touch(em, 'channel', channel.id);
      await em.flush();
      return { channel, userErrors: [] };
    });
  }
}
