/** Switches single credentials of a channel on and off, and deletes them. Relays only get those that are on. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { notFound, refusal } from '../../../kernel/words/refusal.ts';
import { readId } from '../../../kernel/typed-id.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import { touch } from '../../relay-link/snapshot-changes.ts';
import { Channel, ChannelStatus } from '../channel.entity.ts';
import { ChannelCredential } from './channel-credential.entity.ts';
import { CredentialAction, ChannelCredentialsPayload } from './credential.types.ts';
import { isPlain, notMultiKey } from './multi-key.ts';

export interface CredentialChange {
  action: CredentialAction | null;
  ids: readonly string[] | null;
  positions: readonly number[] | null;
  reason: string | null;
}

const longestReason = 500;
const needsSome = new Set<CredentialAction | null>([CredentialAction.ENABLE, CredentialAction.DISABLE, CredentialAction.DELETE]);
const refused = (...errors: UserError[]) => new ChannelCredentialsPayload(null, 0, errors);

/** Those that ids or positions name; undefined when one of them names none. */
function named(all: readonly ChannelCredential[], { ids, positions }: CredentialChange): ChannelCredential[] | undefined {
  const byId = (ids ?? []).map((id) => all.find((one) => one.id === readId('credential', id)));
  const found = [...byId, ...(positions ?? []).map((position) => all[position])];
  return found.length && found.every((one) => one !== undefined) ? [...new Set(found)] : undefined;
}

/** What the action is about, among those in whose state it changes something. */
function affected(action: CredentialAction, all: readonly ChannelCredential[], chosen: readonly ChannelCredential[]): readonly ChannelCredential[] {
  const off = (list: readonly ChannelCredential[]) => list.filter(({ status }) => status !== ChannelStatus.ENABLED);
  const on = (list: readonly ChannelCredential[]) => list.filter(({ status }) => status === ChannelStatus.ENABLED);
  switch (action) {
    case CredentialAction.ENABLE: return off(chosen);
    case CredentialAction.DISABLE: return chosen.filter(({ status }) => status !== ChannelStatus.DISABLED);
    case CredentialAction.DELETE: return chosen;
    case CredentialAction.ENABLE_ALL: return off(all);
    case CredentialAction.DISABLE_ALL: return on(all);
    case CredentialAction.DELETE_AUTO_DISABLED: return all.filter(({ status }) => status === ChannelStatus.AUTO_DISABLED);
  }
}

const deletes = (action: CredentialAction) => action === CredentialAction.DELETE || action === CredentialAction.DELETE_AUTO_DISABLED;
const enables = (action: CredentialAction) => action === CredentialAction.ENABLE || action === CredentialAction.ENABLE_ALL;

async function write(em: EntityManager, channelId: number, action: CredentialAction, rows: readonly ChannelCredential[], how: { reason: string | null; now: Date }): Promise<void> {
  const sql = sqlOf(em), ids = rows.map(({ id }) => id);
  if (!deletes(action)) {
    const status = enables(action) ? ChannelStatus.ENABLED : ChannelStatus.DISABLED;
    await sql('update channel_credential set status = $2, status_reason = $3, status_changed_at = $4 where id = any($1::int[])', [ids, status, enables(action) ? null : how.reason, how.now]);
    return;
  }
  await sql('delete from channel_credential where id = any($1::int[])', [ids]);
  // Positions stay 0, 1, 2 …: clients of the compatible API name a credential by its place.
  await sql(`update channel_credential k set position = n.place from
    (select id, row_number() over (order by position, id) - 1 as place from channel_credential where channel_id = $1) n where k.id = n.id and k.position <> n.place`, [channelId]);
}

export class CredentialService {
  async change(ctx: RequestContext, channelId: string, change: CredentialChange): Promise<ChannelCredentialsPayload> {
    if ((change.reason?.length ?? 0) > longestReason) return refused(refusal(ctx, UserErrorCode.TOO_LONG, 'reason_length', ['reason']));
    return ctx.em.transactional(async (em) => {
      const channel = await em.findOne(Channel, { id: readId('channel', channelId) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!channel) return refused(notFound(ctx, ['channelId']));
      const all = await em.find(ChannelCredential, { channelId: channel.id }, { orderBy: { position: 'asc', id: 'asc' }, refresh: true });
      const plan = this.plan(ctx, channel, all, change);
      if ('refusal' in plan) return refused(plan.refusal);
      if (!plan.rows.length) return new ChannelCredentialsPayload(channel, 0);
      await write(em, channel.id, plan.action, plan.rows, { reason: change.reason?.trim() || null, now: ctx.clock.now() });
      channel.version += 1;
      touch(em, 'channel', channel.id);
      await em.flush();
      return new ChannelCredentialsPayload(channel, plan.rows.length);
    });
  }

  /** Which rows change, or why none may. */
  private plan(ctx: RequestContext, channel: Channel, all: readonly ChannelCredential[], change: CredentialChange): { action: CredentialAction; rows: readonly ChannelCredential[] } | { refusal: UserError } {
    const { action } = change;
    if (action === null) return { refusal: refusal(ctx, UserErrorCode.REQUIRED, 'key_action_unknown', ['action']) };
    if (isPlain(channel, all)) return { refusal: notMultiKey(ctx) };
    const chosen = needsSome.has(action) ? named(all, change) : [];
    if (!chosen) return { refusal: refusal(ctx, UserErrorCode.OUT_OF_RANGE, 'key_index_range', [change.ids?.length ? 'ids' : 'positions']) };
    const rows = affected(action, all, chosen);
    if (deletes(action) && rows.length === all.length) return { refusal: refusal(ctx, UserErrorCode.NOT_ALLOWED, 'key_last', ['action']) };
    const isVain = rows.length === 0 && (action === CredentialAction.DISABLE_ALL || action === CredentialAction.DELETE_AUTO_DISABLED);
    return isVain ? { refusal: refusal(ctx, UserErrorCode.INVALID, 'key_none_to_change', ['action']) } : { action, rows };
  }
}
