/** Which channel, and then which other one: the only place that tries again, and only while nothing went to the client. */
import { Failure } from '../failure/failure.ts';
import type { UsageAttempt } from '../gql/types.gen.ts';
import { chooseChannel } from '../routing/choose.ts';
import { isChannelResting } from '../routing/credential.ts';
import { attemptLimit, isRetryable } from '../routing/retry.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import type { Admitted } from './admitted.ts';
import { attempt, type AttemptOutcome, type OpenAnswer } from './attempt.ts';
import type { Exchange } from './exchange.ts';
import type { Relay } from './relay.ts';

/** The way of an exchange through channels. The last attempt is the one that is delivered, or the one whose failure counts. */
export interface Dispatched {
  readonly result: OpenAnswer | Failure;
  readonly attempts: readonly UsageAttempt[];
  readonly channelId: number;
  readonly upstreamModel: string | null;
  /** The last attempt reached its upstream. */
  readonly dispatched: boolean;
}

export async function dispatch({ exchange, request, channels, caller, snapshot }: Admitted, relay: Relay): Promise<Dispatched> {
  const { clock, chance } = relay;
  const limit = caller.pinned ? 1 : attemptLimit(snapshot.settings.retryTimes);
  const attempts: UsageAttempt[] = [], tried: number[] = [];
  const isResting = (channel: Channel): boolean => isChannelResting(channel, relay.cooldown, clock.monotonic());
  relay.retries.request(clock.monotonic());
  for (;;) {
    const channel = chooseChannel(channels, tried, { attempt: attempts.length, isResting, chance });
    tried.push(channel.id);
    const begunAt = clock.monotonic();
    const outcome = await attempt(exchange, request, channel, relay);
    attempts.push(recordOf(outcome, channel, clock.monotonic() - begunAt));
    const { result } = outcome;
    if (result instanceof Failure) note(relay, exchange, channel, result);
    const again = result instanceof Failure && !exchange.signal.aborted && attempts.length < limit
      && isRetryable({ failure: result, status: outcome.status }) && relay.retries.take(clock.monotonic());
    if (!again) return { result, attempts, channelId: channel.id, upstreamModel: outcome.upstreamModel ?? null, dispatched: outcome.dispatched };
  }
}

/** Why, in the words that clients never see. Not at the usual level: a provider that is down would fill the disk. */
function note(relay: Relay, exchange: Exchange, channel: Channel, { code, details }: Failure): void {
  if (relay.log.isLevelEnabled('debug')) relay.log.debug({ requestId: exchange.id, channel: channel.id, failure: code, note: details.note }, 'attempt failed');
}

const recordOf = (outcome: AttemptOutcome, channel: Channel, durationMs: number): UsageAttempt => ({
  channelId: channel.id,
  credentialId: outcome.credentialId,
  status: outcome.status,
  failure: outcome.result instanceof Failure ? outcome.result.code : null,
  durationMs: Math.round(durationMs),
});
