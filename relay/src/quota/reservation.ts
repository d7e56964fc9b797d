/** What the pipeline needs of the quota module. One reservation covers all attempts of one exchange and ends exactly once. */
import type { FrozenPrice, RelayGroup, StreamEnd, UsageAttempt, UsageSource, UsageTokens } from '../gql/types.gen.ts';
import type { CallUnits } from '../dialects/metering/call-units.ts';
import type { PricedAdvice } from './advice-lines.ts';
import type { PricedTool } from './tool-lines.ts';
import type { FrozenRule } from './tiered.ts';
import type { Failure } from '../failure/failure.ts';

/** The price basis of an exchange, fixed at admission (LED-13). Lines are filled in when the tokens are known. */
export type PriceBasis = Omit<FrozenPrice, 'lines' | 'expression'> & {
  /** Of a price that is an expression, whose ratios then say nothing. */
  readonly rule?: FrozenRule;
  readonly completionRatio: number;
  readonly cacheReadRatio: number;
  readonly cacheWriteRatio: number;
  readonly cacheWrite1hRatio: number;
  readonly imageRatio: number;
  readonly audioRatio: number;
  readonly audioCompletionRatio: number;
  /** Of sound that is read, where that has a price of its own. */
  readonly inputAudioRatio?: number;
};

/** Everything about an exchange that is known when it is admitted; enough to finish it from the spool after a crash. */
export interface Admission {
  chargeId: string;
  startedAt: number;
  userId: number;
  tokenId: number;
  /** True: only the wallet of the user pays. False: the token's own budget must cover it too. */
  tokenUnlimited: boolean;
  group: string;
  model: string;
  dialect: string;
  path: string;
  stream: boolean;
  clientAddress: string;
  clientRequestId: string | null;
  snapshotVersion: number;
  price: PriceBasis;
  estimatedInput: number;
  /** What a price by call is multiplied with; absent: 1. */
  units?: CallUnits;
  /** Quota units, see `holdFor` in price.ts. */
  hold: number;
  /** It costs nothing, and no account is asked for it (semantics 1.5). */
  unasked?: true;
}

/** How an exchange ended, in the words of the usage event. */
export interface Ending {
  endedAt: number;
  channelId: number | null;
  upstreamModel: string | null;
  attempts: readonly UsageAttempt[];
  status: number;
  failure: string | null;
  end: StreamEnd;
  firstByteMs: number | null;
  tokens: UsageTokens;
  source: UsageSource;
  /** The group that served, where that may be another than the one that was admitted (`auto`). */
  servedBy?: Pick<RelayGroup, 'name' | 'ratio'> & { /** The ratio is one for the group of the user. */ readonly special?: true };
  /** Tools of the provider that are paid by the call. */
  tools?: readonly PricedTool[];
  /** Other models that were asked inside the answer. */
  advice?: readonly PricedAdvice[];
  /** Millionths of a US dollar that a refusal costs, instead of everything else. */
  fee?: number;
  /** How many things (pictures) the answer held; absent: as many as were asked for. */
  made?: number;
  /** Tokens whose price the platform bears; undefined: none. */
  lostTokens?: UsageTokens;
}

/** Whose answer it is: what is known as soon as one begins. */
export type Served = Pick<Ending, 'channelId' | 'upstreamModel' | 'servedBy'>;

/** What an answer used so far, of everything that has a price. */
export type UsedSoFar = Pick<Ending, 'tokens' | 'tools' | 'made' | 'advice'>;

/** A request that was refused before it was admitted; its log row costs nothing. */
export type NotedRequest = Omit<Admission, 'price' | 'hold' | 'estimatedInput' | 'tokenUnlimited'>;

export interface Reservation {
  /** The upstream began to answer: from here on a crash charges at least the estimated input. */
  answered(by: Served): void;
  /** Long streams: what has been used so far (LED-11: each 5 s or 2,000 output tokens). */
  checkpoint(used: UsedSoFar): void;
  /** As a checkpoint, and in the spool when this returns: the client is about to hold the whole answer. */
  keep(used: UsedSoFar): void;
  /** Resolves when everything that was told of this exchange survives the process, or the disk takes nothing. */
  kept(): Promise<void>;
  /**
   * Charges what `ending.tokens` cost; absurd counts are replaced by the estimated input. A second end of any kind does nothing.
   */
  settle(ending: Ending): void;
  /** Ends the reservation without a charge. Does nothing once settled. */
  release(ending: Ending): void;
}

export interface QuotaDesk {
  /**
   * Holds the amount on every account that pays.
   *
   * @returns the reservation once it is durable (LED-06), or the refusal: insufficient_user_quota,
   *   pre_consume_token_quota_failed, quota_authority_unavailable, billing_backpressure
   */
  reserve(admission: Admission): Failure | Promise<Reservation | Failure>;
  /** A refusal before admission still leaves a log row; nothing is charged. Skipped while the spool is nearly full. */
  note(request: NotedRequest, ending: Ending): void;
}

/** How full the relay's memory of money is; for /readyz and the relay's state. */
export interface SpoolLevel {
  /** Records that PostgreSQL has not confirmed. */
  readonly unshipped: number;
  /** 0 to 1; from 0.9 on new requests are refused with billing_backpressure. */
  readonly fill: number;
}
