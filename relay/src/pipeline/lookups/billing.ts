/** `/dashboard/billing/subscription` and `/usage`, also under /v1: what desktop clients poll (relay-api 7, semantics 2.6). */
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { Failure } from '../../failure/failure.ts';
import type { BillingFigures, RelayToken } from '../../gql/types.gen.ts';
import type { FiguresAsked } from '../../link/figures-desk.ts';
import { authenticate } from '../entry/authenticate.ts';
import type { Exchange } from '../exchange.ts';
import { presentedKey, queryValue } from '../entry/key-forms.ts';
import { currentPicture } from '../entry/picture.ts';
import { refuse } from '../entry/refuse.ts';
import type { Relay } from '../relay.ts';

/** What a key without a limit is said to have. */
const unlimited = 100_000_000;
const dayMs = 86_400_000;

export const subscription = (exchange: Exchange, relay: Relay): Promise<void> => answerWith(exchange, relay, (figures, token) => {
  const limit = figures.unlimited ? unlimited : shown(Number(figures.remaining) + Number(figures.used), figures), now = new Date(exchange.startedAt);
  return {
    object: 'billing.subscription', has_payment_method: true, canceled: false, canceled_at: null,
    current_period_start: Date.UTC(now.getUTCFullYear(), now.getUTCMonth()) / 1_000, current_period_end: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) / 1_000,
    status: 'active', plan: { id: token.group || 'default', name: token.name, price: 0 },
    soft_limit_usd: limit, hard_limit_usd: limit, system_hard_limit_usd: limit, access_until: Math.floor((figures.expiresAt ?? 0) / 1_000),
  };
});

/** Hundredths of what amounts are shown in, for the total; the shown amounts for days and models. */
export const usage = (exchange: Exchange, relay: Relay): Promise<void> => answerWith(exchange, relay, (figures) => ({
  object: 'billing.usage', total_usage: shown(Number(figures.used) * 100, figures),
  daily_costs: figures.days.map(({ name, quota }) => ({ date: name, cost: shown(Number(quota), figures) })),
  models_usage: figures.models.map(({ name, quota }) => ({ model: name, usage: Number(quota), cost: shown(Number(quota), figures) })),
}));

async function answerWith(exchange: Exchange, relay: Relay, body: (figures: BillingFigures, token: RelayToken) => object): Promise<void> {
  const token = tokenOf(exchange, relay);
  if (token instanceof Failure) return refuse(exchange, token, openaiChat);
  const asked = spanOf(exchange);
  if (asked instanceof Failure) return refuse(exchange, asked, openaiChat);
  const figures = await relay.figures({ ...asked, tokenId: token.id });
  if (!figures) return refuse(exchange, new Failure('quota_authority_unavailable', { say: 'The figures cannot be read now; try again shortly.' }), openaiChat);
  exchange.answer(200, 'application/json', JSON.stringify(body(figures, token)), ['cache-control', 'no-store']);
}

/** Keys that are expired or used up may still ask; every other refusal holds. */
function tokenOf(exchange: Exchange, relay: Relay): RelayToken | Failure {
  const snapshot = currentPicture(relay);
  if (snapshot instanceof Failure) return snapshot;
  const key = presentedKey(exchange.headers, exchange.query, 'authorization'), caller = authenticate(key, exchange, snapshot, relay.lookup);
  if (!(caller instanceof Failure)) return caller.token;
  const stale = caller.code === 'token_expired' || caller.code === 'insufficient_user_quota';
  return (stale && key.secret !== undefined ? snapshot.tokenByHash(relay.lookup(key.secret)) : undefined) ?? caller;
}

/** Whole days, UTC; without dates the last hundred. */
function spanOf({ query, startedAt }: Exchange): Omit<FiguresAsked, 'tokenId'> | Failure {
  const [from, to] = (['start_date', 'end_date'] as const).map((name) => dateOf(queryValue(query, name), name));
  if (from instanceof Failure) return from;
  if (to instanceof Failure) return to;
  return { from: from ?? startedAt - 100 * dayMs, to: to === undefined ? startedAt + dayMs : to + dayMs };
}

function dateOf(text: string, param: string): number | undefined | Failure {
  if (text === '') return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && at >= 0 ? at : new Failure('invalid_request', { say: `\`${param}\` must be a date such as 2026-01-31.`, param });
}

/** Quota as people see it: tokens as they are, money in the shown currency. */
function shown(quota: number, { display, quotaPerUnit, rate }: BillingFigures): number {
  if (display === 'TOKENS') return quota;
  return (quota / quotaPerUnit) * (display === 'USD' ? 1 : Number(rate));
}
