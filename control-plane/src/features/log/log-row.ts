/** One row of the log as it is written, and how a usage event becomes one. */
import type { FrozenPrice, UsageAttempt, UsageEvent, UsageTokens } from '../relay-link/wire/usage.ts';

/** Numbers of the compatible API (semantics 10.1). */
export const logTypes = { UNKNOWN: 0, TOPUP: 1, CONSUME: 2, MANAGE: 3, SYSTEM: 4, ERROR: 5, REFUND: 6 } as const;

/** What only the detail of a row shows; kept as JSON. */
export interface LogDetail {
  tokens: UsageTokens;
  price: FrozenPrice | null;
  attempts: UsageAttempt[];
  source: UsageEvent['source'];
  end: UsageEvent['end'];
  outcome: UsageEvent['outcome'];
  hold: string;
  platformLoss: string;
  clientRequestId: string | null;
  snapshotVersion: number;
}

/** Names of user, token and channel are looked up when the row is written, and stay as they were then. */
export interface LogRow {
  /** Epoch milliseconds. */
  at: number;
  type: number;
  userId: number;
  tokenId?: number;
  channelId?: number | null;
  group?: string;
  model?: string;
  upstreamModel?: string | null;
  /** Whole number as text. */
  quota?: string;
  promptTokens?: number;
  completionTokens?: number;
  durationMs?: number;
  firstByteMs?: number | null;
  stream?: boolean;
  status?: number | null;
  failure?: string | null;
  requestId?: string | null;
  ip?: string | null;
  dialect?: string | null;
  path?: string | null;
  content?: string;
  detail?: LogDetail | null;
}

const nothingDelivered = (event: UsageEvent) =>
  event.outcome === 'RELEASED' || (event.outcome === 'RECOVERED' && event.source === 'NONE');

/** What the amounts do not say. The form of an error is the one that new-api has. */
function contentOf({ failure, status, tokens, source, price }: UsageEvent): string {
  if (failure) return `status_code=${status}, ${failure}`;
  const isSilent = price != null && price.mode !== 'PER_CALL' && tokens.input + tokens.output === 0 && source !== 'NONE';
  return isSilent ? 'The provider reported no usage: nothing is charged.' : '';
}

/** CONSUME when something was delivered, even in part; ERROR when nothing was. */
export function toLogRow(event: UsageEvent): LogRow {
  const { tokens, price, attempts, source, end, outcome, hold, platformLoss, snapshotVersion } = event;
  return {
    at: event.endedAt,
    type: nothingDelivered(event) ? logTypes.ERROR : logTypes.CONSUME,
    userId: event.userId, tokenId: event.tokenId, channelId: event.channelId ?? null,
    group: event.group, model: event.model, upstreamModel: event.upstreamModel ?? null,
    quota: event.amount, promptTokens: tokens.input, completionTokens: tokens.output,
    durationMs: Math.max(0, event.endedAt - event.startedAt), firstByteMs: event.firstByteMs ?? null,
    stream: event.stream, status: event.status, failure: event.failure ?? null, requestId: event.chargeId,
    ip: event.clientAddress, dialect: event.dialect, path: event.path, content: contentOf(event),
    detail: {
      tokens, price: price ?? null, attempts, source, end, outcome, hold, platformLoss,
      clientRequestId: event.clientRequestId ?? null, snapshotVersion,
    },
  };
}
