/** The parts that the pipeline works with. Built once, in main.ts. */
import type { Logger } from 'pino';
import type { ThoughtMemory } from '../dialects/memory/thought-memory.ts';
import type { QuotaDesk } from '../quota/reservation.ts';
import type { Affinity } from '../routing/affinity.ts';
import type { Admission } from '../routing/admission.ts';
import type { Chance } from '../routing/choose.ts';
import type { ChannelHealth } from '../routing/channel-health.ts';
import type { ModelLimits } from '../routing/model-limit.ts';
import type { FaultReports } from '../routing/fault-reports.ts';
import type { ResponsePins } from '../routing/response-pins.ts';
import type { RetryBudget } from '../routing/retry-budget.ts';
import type { Turns } from '../routing/turns.ts';
import type { AccessTokens } from '../signing/access-tokens.ts';
import type { AskFigures } from '../link/figures-desk.ts';
import type { SnapshotSource } from '../snapshot/snapshot-source.ts';
import type { Clock } from '../trace/clock.ts';
import type { Stories } from '../trace/stories.ts';
import type { TimerWheel } from '../trace/timer-wheel.ts';
import type { MediaFetch } from '../upstream/media-fetch.ts';
import type { Upstream, UpstreamTimeouts } from '../upstream/upstream.ts';
import type { Deliveries } from './delivery/deliveries.ts';

export interface Relay {
  readonly snapshots: SnapshotSource;
  readonly desk: QuotaDesk;
  readonly upstream: Upstream;
  /** Tokens that credentials were exchanged for. */
  readonly tokens: AccessTokens;
  readonly timeouts: UpstreamTimeouts;
  readonly health: ChannelHealth;
  /** Where credentials that are of no more use are told. */
  readonly reports: FaultReports;
  readonly admission: Admission;
  readonly limits: ModelLimits;
  /** Which channel served a conversation. */
  readonly affinity: Affinity;
  /** Which channel stored which answer. */
  readonly pins: ResponsePins;
  /** The way out for addresses that clients name. */
  readonly media: MediaFetch;
  readonly turns: Turns;
  readonly retries: RetryBudget;
  /** What models signed, for clients that do not give it back. */
  readonly thoughts: ThoughtMemory;
  readonly deliveries: Deliveries;
  readonly stories: Stories;
  /** From the 48 characters of a key to the hash under which the snapshot knows its token. */
  readonly lookup: (secret: string) => string;
  /** What a key has used, as the control plane knows it. */
  readonly figures: AskFigures;
  /** The folder for forms that have to wait for their model. */
  readonly uploads: string;
  readonly clock: Clock;
  /** For everything that waits and need not be exact to a millisecond. */
  readonly wheel: TimerWheel;
  readonly chance: Chance;
  /** A picture that nobody confirmed for longer is not served any more (CFG-08). */
  readonly staleLimitMs: number;
  readonly log: Logger;
}
