/** Whose answer an exchange got, as the spool keeps it: of the group only what its price needs. */
import type { Served } from '../quota/reservation.ts';

export function packServed({ channelId, upstreamModel, servedBy }: Served): string {
  const group = servedBy && { name: servedBy.name, ratio: servedBy.ratio, ...(servedBy.special ? { special: servedBy.special } : {}) };
  return JSON.stringify({ channelId, upstreamModel, servedBy: group } satisfies Record<keyof Served, unknown>);
}
