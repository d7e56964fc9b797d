/** One small request through a channel, and what it says of the channel. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../../../kernel/running/clock.ts';
import type { ChannelProbeResult, ProbeEndpoint } from '../../relay-link/wire/lease.ts';
import { Channel } from '../channel.entity.ts';

/** Undefined when no relay answered in time. */
export type Probe = (channelId: number, model: string, endpoint?: ProbeEndpoint | null) => Promise<ChannelProbeResult | undefined>;

export interface Tried { model: string; ok: boolean; latencyMs: number; httpStatus: number | null; errorCode: string | null; message: string | null }

/**
 * Without a model: the test model of the channel, else its first one. Keeps the time in the row; that is statistics and no
 * edit, so neither the version nor the relays' picture changes.
 *
 * @returns undefined when no relay answered
 */
export async function tryChannel(em: EntityManager, clock: Clock, probe: Probe, channel: Channel, asked?: string | null, endpoint?: ProbeEndpoint | null): Promise<Tried | undefined> {
  const model = asked?.trim() || channel.testModel || channel.models[0]!;
  const found = await probe(channel.id, model, endpoint);
  if (!found) return undefined;
  const { ok, durationMs, status = null, failure = null, detail = null } = found;
  const measured = { testedAt: clock.now(), ...(ok && { responseTimeMs: durationMs }) };
  await em.nativeUpdate(Channel, { id: channel.id }, measured);
  Object.assign(channel, measured);
  return { model, ok, latencyMs: durationMs, httpStatus: status, errorCode: failure, message: detail };
}
