/** Which channel, and then which other one: the only place that tries again, and only while nothing went to the client. */
import { Failure } from '../failure/failure.ts';
import type { RelayGroup, UsageAttempt } from '../gql/types.gen.ts';
import type { Bond } from '../routing/affinity.ts';
import { chooseChannel } from '../routing/choose.ts';
import { signOf } from '../routing/fault.ts';
import { attemptLimit, isRetryable } from '../routing/retry.ts';
import { type Stage, type Step, stepOf } from '../routing/stages.ts';
import { uselessBecause } from '../routing/useless-credential.ts';
import type { Channel } from '../snapshot/snapshot.ts';
import type { Admitted } from './admitted.ts';
import { attemptMarks } from './attempt-marks.ts';
import type { AttemptOutcome } from './attempt/attempt.ts';
import type { OpenAnswer } from './attempt/open-answer.ts';
import type { Exchange } from './exchange.ts';
import type { Received } from './entry/received.ts';
import type { Relay } from './relay.ts';
import type { Trial } from './attempt/trial.ts';
import { targetOf } from './attempt/upstream-call.ts';

/** The way of an exchange through channels. The last attempt is the one that is delivered, or the one whose failure counts. */
export interface Dispatched<Answer = OpenAnswer> {
  readonly result: Answer | Failure;
  readonly attempts: readonly UsageAttempt[];
  readonly channelId: number;
  /** The group of that channel: its ratio is charged. */
  readonly group: RelayGroup;
  readonly upstreamModel: string | null;
  /** The last attempt reached its upstream. */
  readonly dispatched: boolean;
  /** What ties the conversation to a channel: kept when the answer came whole. */
  readonly bond: Bond | undefined;
}

/** Converting costs as much as a call: no exchange looks for a channel that can take it for longer. */
const mostUnfit = 3;

/** One try: what comes of it is for the caller to know. */
export type TryChannel<Answer> = (exchange: Exchange, request: Received, channel: Channel, relay: Relay, trial: Trial) => AttemptOutcome<Answer> | Promise<AttemptOutcome<Answer>>;

export async function dispatch<Answer>(tryChannel: TryChannel<Answer>, admitted: Admitted, relay: Relay): Promise<Dispatched<Answer>> {
  const { caller, request: { facts } } = admitted;
  const pinned = facts.follows === undefined || caller.pinned ? undefined : await relay.pins.find(caller.user.id, facts.follows);
  const walk = new Walk(admitted, relay, pinned === undefined ? undefined : boundTo(pinned));
  relay.retries.request(relay.clock.monotonic());
  for (;;) {
    const place = walk.next();
    const begunAt = relay.clock.monotonic();
    const outcome = await tryChannel(admitted.exchange, admitted.request, place.channel, relay, walk.trial());
    walk.note(place, outcome, relay.clock.monotonic() - begunAt);
    if (!walk.again(outcome)) return walk.ended(place, outcome);
  }
}

/** What it goes on from lies with this channel; another one would not know it. */
const boundTo = (channelId: number): Bond => ({ channelId, skipRetry: true, keep: () => undefined, lose: () => undefined });

/** Of a failed attempt: its upstream may have done the work (UPS-03). */
const isUncertain = ({ dispatched, status }: AttemptOutcome<unknown>): boolean => dispatched && (status === 0 || status === 502 || status === 504 || status === 524);

interface Place { readonly stage: Stage; readonly channel: Channel }

function bondOf({ exchange, request, caller, snapshot }: Admitted, { affinity }: Relay): Bond | undefined {
  const { path, headers } = exchange, { body, facts: { model } } = request;
  return affinity.bondOf(snapshot.settings.routing.affinity, { body, model, path, group: caller.group.name, tokenId: caller.token.id, userId: caller.user.id, headers: headers.all });
}

/** Of channels with several credentials only. */
const placeOf = ({ credentials }: Channel, id: number): number | undefined =>
  (credentials[0]?.place === undefined ? undefined : credentials.find((credential) => credential.id === id)?.place);

const none: readonly UsageAttempt[] = [];

/** One exchange on its way: where it was, and where it may still go. */
class Walk {
  private attempts: readonly UsageAttempt[] = none;
  private readonly tried: number[] = [];
  private last: Trial['last'];
  private unfit = 0;
  private readonly bond: Bond | undefined;
  private readonly admitted: Admitted;
  private readonly relay: Relay;

  constructor(admitted: Admitted, relay: Relay, stored: Bond | undefined) {
    this.admitted = admitted;
    this.relay = relay;
    this.bond = stored ?? (admitted.caller.pinned ? undefined : bondOf(admitted, relay));
  }

  next(): Place {
    const { relay: { health, clock, chance }, tried } = this;
    const { stage, attempt: step } = this.step(), resting = health.restingAmong(stage.channels, clock.monotonic());
    const channel = this.bound(stage, resting) ?? chooseChannel(stage.channels, tried, { attempt: step, resting, chance });
    tried.push(channel.id);
    return { stage, channel };
  }

  /** Where the conversation was served last, for the first attempt. */
  private bound({ channels }: Stage, resting: ReadonlySet<number>): Channel | undefined {
    const id = this.tried.length === 0 ? this.bond?.channelId : undefined;
    if (id === undefined) return undefined;
    const channel = channels.find((one) => one.id === id);
    if (!channel) this.bond?.lose();
    return channel && !resting.has(id) ? channel : undefined;
  }

  private step(): Step {
    const fits = this.unfit > 0 ? this.fitting() : undefined;
    return fits ? { stage: fits, attempt: 0 } : stepOf(this.admitted.stages, this.attempts.length);
  }

  trial(): Trial {
    const { caller, snapshot } = this.admitted;
    return { index: this.attempts.length, last: this.last, userId: caller.user.id, isTest: false, passBody: snapshot.settings.routing.passThrough, models: snapshot.models };
  }

  note({ channel }: Place, outcome: AttemptOutcome<unknown>, durationMs: number): void {
    const { result, credentialId, countsAs: status } = outcome;
    const { health, clock } = this.relay;
    health.ended(channel.id, credentialId, signOf(result, status), clock.monotonic());
    const failure = result instanceof Failure ? result : undefined;
    if (this.isUnfit(outcome)) { this.unfit++; return; }
    const keyIndex = placeOf(channel, credentialId);
    const plain = { channelId: channel.id, credentialId, status: outcome.status, failure: failure?.code ?? null, durationMs: Math.round(durationMs) };
    const { admitted: { request, snapshot } } = this, marks = attemptMarks(request, channel, outcome.upstreamModel, snapshot.models);
    const record = keyIndex === undefined && !marks ? plain : { ...plain, ...(keyIndex === undefined ? {} : { keyIndex }), ...marks };
    // Not pushed: a list that grows makes room for sixteen more, and a stream keeps it to its end.
    const told = failure && isUncertain(outcome) ? { ...record, uncertain: true } : record;
    this.attempts = this.attempts === none ? [told] : [...this.attempts, told];
    if (!failure) return;
    this.last = { failure, status };
    this.report(channel, outcome, failure);
  }

  again(outcome: AttemptOutcome<unknown>): boolean {
    const { admitted: { exchange, caller, snapshot, request }, relay, attempts } = this, { result } = outcome;
    if (!(result instanceof Failure) || exchange.signal.aborted || caller.pinned || request.upload?.isRepeatable === false) return false;
    if (this.bond?.skipRetry && this.bond.channelId === this.tried[0] && attempts.length === 1) return false;
    if (this.isUnfit(outcome)) return this.unfit <= mostUnfit && this.fitting() !== undefined;
    const { retryTimes, routing } = snapshot.settings;
    const failed = { failure: result, status: outcome.countsAs, sent: outcome.dispatched, once: request.dialect.once === true };
    return attempts.length < attemptLimit(retryTimes) && isRetryable(failed, routing.retryStatuses) && relay.retries.take(relay.clock.monotonic());
  }

  ended<Answer>({ stage, channel }: Place, { result, upstreamModel, dispatched }: AttemptOutcome<Answer>): Dispatched<Answer> {
    return { result, attempts: this.attempts, channelId: channel.id, group: stage.group, upstreamModel: upstreamModel ?? null, dispatched, bond: this.bond };
  }

  /** This channel's provider has nothing like what the request asks for: another one may, and nothing was sent yet. */
  private isUnfit({ result, dispatched }: AttemptOutcome<unknown>): boolean {
    return result instanceof Failure && result.code === 'convert_request_failed' && !dispatched;
  }

  /** The first group with channels that were not tried; of these, those that speak the client's own dialect where there are any (dialects 1). */
  private fitting(): Stage | undefined {
    for (const { group, channels } of this.admitted.stages) {
      const left = channels.filter((channel) => !this.tried.includes(channel.id)), native = left.filter((channel) => this.isNative(channel));
      if (left.length > 0) return { group, channels: native.length > 0 ? native : left };
    }
    return undefined;
  }

  private isNative(channel: Channel): boolean {
    const { dialect: client, facts: { model, stream } } = this.admitted.request, target = targetOf(channel, { client, model, stream });
    return !(target instanceof Failure) && target.passThrough;
  }

  /** To the operator, and to the log. Not at the usual level: a provider that is down would fill the disk. */
  private report(channel: Channel, { credentialId, countsAs: status }: AttemptOutcome<unknown>, failure: Failure): void {
    const { relay: { log, reports, clock }, admitted: { exchange, snapshot } } = this, { routing } = snapshot.settings;
    if (log.isLevelEnabled('debug')) log.debug({ requestId: exchange.id, channel: channel.id, failure: failure.code, note: failure.details.note }, 'attempt failed');
    const reason = routing.disableChannels && channel.autoBan && credentialId > 0 ? uselessBecause(failure, status, routing) : undefined;
    if (reason !== undefined) reports.tell({ channelId: channel.id, credentialId, status, reason }, clock.now());
  }
}
