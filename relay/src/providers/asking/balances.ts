import type { Json } from '../../dialects/chat-event.ts';
import { list, member, text } from '../../dialects/json-member.ts';
import { Failure } from '../../failure/failure.ts';
import type { Header } from '../provider.ts';
import type { Ask, Balance, ReadBalance } from './ask.ts';

/** One number somewhere in one answer. */
export function balanceAt(path: string, place: readonly string[], currency: string | ((ask: Ask) => string), headers?: (ask: Ask) => readonly Header[]): ReadBalance {
  return async (ask) => {
    const answer = await ask.get(path, headers?.(ask));
    if (answer instanceof Failure) return answer;
    return money(place.reduce<Json | undefined>(member, answer), typeof currency === 'string' ? currency : currency(ask));
  };
}

/** What was bought less what was used. */
export const openrouterBalance: ReadBalance = async (ask) => {
  const answer = await ask.get('/v1/credits');
  if (answer instanceof Failure) return answer;
  const bought = numeric(member(member(answer, 'data'), 'total_credits')), used = numeric(member(member(answer, 'data'), 'total_usage'));
  return bought === undefined || used === undefined ? unreadable() : exact(bought - used, 'USD');
};

/** Accounts may hold several currencies: the first one that has anything in it. */
export const deepseekBalance: ReadBalance = async (ask) => {
  const answer = await ask.get('/user/balance');
  if (answer instanceof Failure) return answer;
  const infos = list(member(answer, 'balance_infos'));
  const info = infos.find((each) => (numeric(member(each, 'total_balance')) ?? 0) > 0) ?? infos[0];
  return money(member(info, 'total_balance'), text(member(info, 'currency')) ?? 'CNY');
};

const dayMs = 86_400_000;
const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** The old billing paths of OpenAI, which resellers kept: the limit less what was used, which is told in cents. */
export const billingDashboard: ReadBalance = async (ask) => {
  const subscription = await ask.get('/v1/dashboard/billing/subscription');
  if (subscription instanceof Failure) return subscription;
  const limit = numeric(member(subscription, 'hard_limit_usd'));
  if (limit === undefined) return unreadable();
  // Who pays by card is limited by the month, others by what they bought.
  const from = member(subscription, 'has_payment_method') === true ? `${dayOf(ask.now).slice(0, 7)}-01` : dayOf(ask.now - 100 * dayMs);
  const usage = await ask.get(`/v1/dashboard/billing/usage?start_date=${from}&end_date=${dayOf(ask.now)}`);
  if (usage instanceof Failure) return usage;
  const cents = numeric(member(usage, 'total_usage'));
  return cents === undefined ? unreadable() : exact(limit - cents / 100, 'USD');
};

function money(value: Json | undefined, currency: string): Balance | Failure {
  const amount = numeric(value);
  return amount === undefined ? unreadable() : exact(amount, currency);
}

function numeric(value: Json | undefined): number | undefined {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined;
}

/** A millionth is finer than any provider shows. */
const exact = (amount: number, currency: string): Balance => ({ amount: amount.toFixed(6).replace(/\.?0+$/, '') || '0', currency });

const unreadable = (): Failure => new Failure('bad_response_body', { note: 'the answer names no balance' });
