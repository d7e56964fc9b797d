/** `GET /internal/trace/<request id>`: one story, for a person on this machine. To everybody else the address does not exist. */
import { Failure } from '../../failure/failure.ts';
import { tell } from '../../trace/tell.ts';
import { openaiChat } from '../../dialects/openai-chat/dialect.ts';
import { isListed } from '../entry/address-list.ts';
import type { Exchange } from '../exchange.ts';
import { refuse } from '../entry/refuse.ts';
import type { Relay } from '../relay.ts';

const here = ['127.0.0.0/8', '::1'];
const prefix = '/internal/trace/';

export function readStory(exchange: Exchange, relay: Relay): void {
  // A proxy on this machine speaks for others, and says so.
  const local = exchange.headers.forwardedFor === '' && isListed(exchange.clientAddress, here);
  const story = local ? relay.stories.find(exchange.path.slice(prefix.length)) : undefined;
  if (story) return exchange.answer(200, 'text/plain; charset=utf-8', tell(story), ['cache-control', 'no-store']);
  refuse(exchange, new Failure('invalid_url', { say: `Invalid URL (GET ${exchange.path.slice(0, 512)})` }), openaiChat);
}
