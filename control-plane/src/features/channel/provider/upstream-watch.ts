/**
 * Channels that want their list of models looked after: their provider is asked every now and then, without anybody's doing (members of `settings`). What it
 * lists is a proposal and never a change (providers 9): so there is no switch that takes models over.
 */
import { z } from 'zod';
import { sqlOf } from '../../../database/sql.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ChannelStatus, type Channel } from '../channel.entity.ts';

/** What a channel may say of it. */
export const watchForm = z.object({
  upstream_model_update_check_enabled: z.boolean().nullish(), upstream_model_update_ignored_models: z.array(z.string().max(255)).max(1_000).nullish(),
}).loose();

/** What other gateways noted there of their own last look. It asks for nothing, so it may stand there. */
export const watchRecords = ['upstream_model_update_last_check_time', 'upstream_model_update_last_detected_models', 'upstream_model_update_last_removed_models'];

export interface Watch {
  /** Asked after by itself. */
  readonly checks: boolean;
  /** Differences that nobody wants to hear of. */
  readonly ignored: readonly string[];
}

const nothing: Watch = { checks: false, ignored: [] };

export function watchOf({ extras }: Pick<Channel, 'extras'>): Watch {
  const text = extras.settings ?? '';
  if (!text.includes('upstream_model_update_')) return nothing;
  const { data } = watchForm.safeParse(JSON.parse(text));
  return data ? { checks: data.upstream_model_update_check_enabled ?? false, ignored: data.upstream_model_update_ignored_models ?? [] } : nothing;
}

const statement = `select id, extras from channel where status = '${ChannelStatus.ENABLED}' and extras->>'settings' like '%"upstream_model_update_check_enabled"%' order by id`;

/** Those that are on and ask for it. */
export async function watchedChannels(em: EntityManager): Promise<number[]> {
  const found = await sqlOf(em)<Pick<Channel, 'id' | 'extras'>>(statement);
  return found.filter((channel) => watchOf(channel).checks).map(({ id }) => id);
}
