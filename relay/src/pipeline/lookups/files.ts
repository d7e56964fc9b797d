/** `/v1/files…`: known, and not built; a key is wanted all the same (relay-api 8). */
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { Failure } from '../../failure/failure.ts';
import { authenticate } from '../entry/authenticate.ts';
import type { Exchange } from '../exchange.ts';
import { presentedKey } from '../entry/key-forms.ts';
import { currentPicture } from '../entry/picture.ts';
import { refuse } from '../entry/refuse.ts';
import type { Relay } from '../relay.ts';

export function notImplemented(exchange: Exchange, relay: Relay): void {
  const snapshot = currentPicture(relay);
  if (snapshot instanceof Failure) return refuse(exchange, snapshot, openaiChat);
  const caller = authenticate(presentedKey(exchange.headers, exchange.query, 'authorization'), exchange, snapshot, relay.lookup);
  refuse(exchange, caller instanceof Failure ? caller : new Failure('api_not_implemented'), openaiChat);
}
