import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { flagOption } from '../option/option-values.ts';
import type { Drawing } from './drawing.entity.ts';

export type ImageAddress = (ctx: RequestContext, drawing: Drawing) => Promise<string>;

/** One look at the option for a whole page. */
async function isForwarded(ctx: RequestContext, keys: readonly string[]): Promise<boolean[]> {
  const on = await flagOption(sqlOf(ctx.em), 'MjForwardUrlEnabled');
  return keys.map(() => on);
}

/** @param relayUrl where callers reach the relay, which fetches the picture for them */
export const imageAddress = (relayUrl: string): ImageAddress => async (ctx, { mjId, upstreamImageUrl }) => {
  if (!upstreamImageUrl) return '';
  const isOurs = await requestLoader(ctx, isForwarded).load('MjForwardUrlEnabled');
  return isOurs ? `${relayUrl}/mj/image/${encodeURIComponent(mjId)}` : upstreamImageUrl;
};
