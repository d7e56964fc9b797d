/** What stands behind the colon of a model's address in the Gemini dialect. */
import { readAddress } from '../../dialects/gemini/address.ts';
import { gemini } from '../../dialects/gemini/dialect.ts';
import { Failure } from '../../failure/failure.ts';
import { contentTokens } from '../../endpoints/counters.ts';
import { batchEmbedContents, embedContent } from '../../endpoints/gemini-embeddings.ts';
import { predict } from '../../endpoints/gemini-predict.ts';
import { chat } from '../chat.ts';
import { countTokens } from '../lookups/count-tokens.ts';
import type { Exchange } from '../exchange.ts';
import { refuse } from './refuse.ts';
import type { Relay } from '../relay.ts';

type Action = (exchange: Exchange, relay: Relay) => Promise<unknown> | void;

const generate: Action = (exchange, relay) => chat(exchange, gemini, relay);

const actions = new Map<string, Action>([
  ['generateContent', generate], ['streamGenerateContent', generate],
  ['embedContent', (exchange, relay) => chat(exchange, embedContent, relay)], ['batchEmbedContents', (exchange, relay) => chat(exchange, batchEmbedContents, relay)],
  ['predict', (exchange, relay) => chat(exchange, predict, relay)],
  ['countTokens', (exchange, relay) => countTokens(exchange, contentTokens, relay)],
]);

/** Failure: `invalid_url`, for an action that there is not. */
export function modelAction(exchange: Exchange, relay: Relay): Promise<unknown> | void {
  const act = actions.get(readAddress(exchange.path)?.action ?? '');
  if (act) return act(exchange, relay);
  refuse(exchange, new Failure('invalid_url', { say: `Invalid URL (POST ${exchange.path.slice(0, 512)})` }), gemini);
}
