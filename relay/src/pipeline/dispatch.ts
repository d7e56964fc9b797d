/** Which channel, and then which other one: the only place that tries again, and only while nothing went to the client. */
import { Failure } from '../failure/failure.ts';
import type { RelayGroup, UsageAttempt } from '../gql/types.gen.ts';
import { chooseChannel } from '../routing/choose.ts';
import { isChannelResting } from '../routing/credential.ts';
import { attemptLimit, isRetryable } from '../routing/retry.ts';
import { type Stage, stepOf } from '../routing/stages.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import type { Admitted } from './admitted.ts';
import { attempt, type AttemptOutcome, type OpenAnswer } from './attempt.ts';
import type { Exchange } from './exchange.ts';
import type { Relay } from './relay.ts';
import type { Trial } from './trial.ts';

/** The way of an exchange through channels. The last attempt is the one that is delivered, or the one whose failure counts. */
export interface Dispatched {
  readonly result: OpenAnswer | Failure;
  readonly attempts: readonly UsageAttempt[];
  readonly channelId: number;
  /** The group of that channel: its ratio is charged. */
  readonly group: RelayGroup;
  readonly upstreamModel: string | null;
  /** The last attempt reached its upstream. */
  readonly dispatched: boolean;
}

export async function dispatch({ exchange, request, stages, caller, snapshot }: Admitted, relay: Relay): Promise<Dispatched> {
  const { clock, chance } = relay;
  const { retryTimes, routing } = snapshot.settings;
  const limit = caller.pinned ? 1 : attemptLimit(retryTimes);
  const attempts: UsageAttempt[] = [], tried: number[] = [];
  let last: Trial['last'];
  const isResting = (channel: Channel): boolean => isChannelResting(channel, relay.cooldown, clock.monotonic());
  relay.retries.request(clock.monotonic());
  for (let unable = 0; ;) {
    const { stage, attempt: step } = stepOf(stages, attempts.length + unable);
    const channel = chooseChannel(stage.channels, tried, { attempt: step, isResting, chance });
    tried.push(channel.id);
    const begunAt = clock.monotonic();
    const trial: Trial = { index: attempts.length, last, isTest: false, passBody: routing.passThrough };
    const outcome = await attempt(exchange, request, channel, relay, trial);
    if (cannotSay(outcome) && !caller.pinned && hasOthers(stages, tried)) { unable++; continue; }
    attempts.push(recordOf(outcome, channel, clock.monotonic() - begunAt));
    const { result } = outcome;
    if (result instanceof Failure) { note(relay, exchange, channel, result); last = { failure: result, status: outcome.countsAs }; }
    const again = result instanceof Failure && !exchange.signal.aborted && attempts.length < limit && request.upload?.isRepeatable !== false
      && isRetryable({ failure: result, status: outcome.countsAs }, routing.retryStatuses) && relay.retries.take(clock.monotonic());
    if (!again) return { result, attempts, channelId: channel.id, group: stage.group, upstreamModel: outcome.upstreamModel ?? null, dispatched: outcome.dispatched };
  }
}

/** The request cannot be put into what this channel speaks: nothing was sent, and another one may know the words (dialects 10). */
const cannotSay = ({ result, dispatched }: AttemptOutcome): boolean => result instanceof Failure && result.code === 'convert_request_failed' && !dispatched;

/** By count, as a stage may be passed before all its channels were asked: the search ends in any case. */
const hasOthers = (stages: readonly Stage[], tried: readonly number[]): boolean => tried.length < stages.reduce((sum, { channels }) => sum + channels.length, 0);

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
