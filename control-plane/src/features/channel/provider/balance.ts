/** The balance of a channel's account at its provider, in US dollars. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../../../kernel/running/clock.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { say } from '../../../kernel/words/messages.ts';
import { PlainError, UserErrorCode } from '../../../kernel/words/user-error.ts';
import { ProviderQuestion } from '../../relay-link/wire/inquiry.ts';
import { accountOf } from '../channel-account.ts';
import { Channel } from '../channel.entity.ts';
import type { Credentials } from '../credential/credentials.ts';
import { refused, type ProviderQuestions } from './provider-questions.ts';

export interface BalanceRoom {
  questions: ProviderQuestions;
  credentials: Credentials;
  clock: Clock;
  /** Yuan for a dollar, as the site counts; for providers that count in yuan. */
  yuanRate: (em: EntityManager) => Promise<number>;
}

const largest = 9_000_000_000;                             // dollars; millionths of it still are a safe integer

async function toMillionths(em: EntityManager, { amount, currency }: { amount: string; currency: string }, room: BalanceRoom): Promise<number | undefined> {
  const rate = currency === 'USD' ? 1 : currency === 'CNY' ? await room.yuanRate(em) : undefined;
  const dollars = rate === undefined ? Number.NaN : Number(amount) / rate;
  return Math.abs(dollars) < largest ? Math.round(dollars * 1_000_000) : undefined;
}

/** Asks and keeps the answer in the row: statistics, no edit. @returns why there is none */
export async function refreshBalance(em: EntityManager, channel: Channel, language: RequestContext['language'], room: BalanceRoom): Promise<PlainError | undefined> {
  if (channel.multiKey) return refused(language, 'balance_multi_key');
  const account = await accountOf(em, channel, room.credentials);
  if (!account) return refused(language, 'channel_no_credential');
  const answer = await room.questions.ask(language, ProviderQuestion.BALANCE, account);
  if (answer instanceof PlainError) return answer;
  const balanceMillionths = answer.balance ? await toMillionths(em, answer.balance, room) : undefined;
  if (balanceMillionths === undefined) return new PlainError(UserErrorCode.UNSUPPORTED, 'balance_currency', `${say('balance_currency', language)}: ${answer.balance?.currency ?? ''}`);
  const told = { balanceMillionths, balanceAt: room.clock.now() };
  await em.nativeUpdate(Channel, { id: channel.id }, told);
  Object.assign(channel, told);
  return undefined;
}
