/** What asking providers needs, for requests and for jobs alike. */
import { sqlOf } from '../database/sql.ts';
import { Credentials } from '../features/channel/credential/credentials.ts';
import type { BalanceRoom } from '../features/channel/provider/balance.ts';
import type { FetchRoom } from '../features/channel/provider/model-fetch.ts';
import { ProviderQuestions, type Inquire } from '../features/channel/provider/provider-questions.ts';
import { textOption } from '../features/option/option-values.ts';
import type { Foundation } from './services.ts';

export interface ProviderRooms { balance: BalanceRoom; fetch: FetchRoom }

export function providerRooms({ secretBox, clock, config }: Pick<Foundation, 'secretBox' | 'clock' | 'config'>, inquire: Inquire): ProviderRooms {
  const questions = new ProviderQuestions(inquire), credentials = new Credentials(secretBox);
  return {
    balance: { questions, credentials, clock, yuanRate: async (em) => Number(await textOption(sqlOf(em), 'USDExchangeRate')) },
    fetch: { questions, credentials, upstreamAllow: config.upstreamAllow },
  };
}
