import { isCodec } from '../../dialects/dialect.ts';
import type { SocketReader } from '../../endpoints/over-socket.ts';
import { Failure } from '../../failure/failure.ts';
import type { Call, Header, Provider } from '../../providers/provider.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamAnswer, UpstreamRequest } from '../../upstream/upstream.ts';
import type { Relay } from '../relay.ts';
import { openSocketCall } from './socket-call.ts';

/**
 * Sends a call whose credential is made for it. A token that the upstream refuses is fetched anew, once (providers 3): it may have
 * been taken back before its end.
 *
 * @param used filled with the tokens that the last call drew on
 */
export async function openSigned(request: UpstreamRequest, call: Call, provider: Provider, used: Set<string>, relay: Relay, signal: Signal): Promise<UpstreamAnswer | Failure> {
  if (!provider.sign) return relay.upstream.open(request, signal);
  const isLast = isCodec(call.dialect) ? call.dialect.isLast : undefined;
  for (let again = true; ; again = false) {
    used.clear();
    const url = new URL(request.origin + request.path);
    const signature = await provider.sign({ method: request.method, url, headers: pairs(request.headers), body: Buffer.isBuffer(request.body) ? request.body : nothing }, call, relay.tokens.means(used, request.proxy));
    if (signature instanceof Failure) return signature;
    const path = signature.query === undefined ? request.path : `${request.path}${request.path.includes('?') ? '&' : '?'}${signature.query}`;
    const signed = { ...request, path, headers: [...request.headers, ...signature.headers.flat()] };
    const answer = isLast ? await openSocketCall({ ...signed, headers: none }, eventsUntil(isLast), false, relay, signal) : await relay.upstream.open(signed, signal);
    if (answer instanceof Failure || (answer.status !== 401 && answer.status !== 403) || used.size === 0) return answer;
    relay.tokens.forget(used);
    if (!again) return answer;
    answer.cancel();
  }
}

const nothing = Buffer.alloc(0), none: readonly string[] = [];

/** Messages as events: what a codec reads. */
const eventsUntil = (isLast: (message: string) => boolean): SocketReader => ({
  contentType: 'text/event-stream',
  read: (message) => {
    const text = message.toString('utf8');
    return { piece: Buffer.from(`data: ${text.replaceAll(/\r?\n/g, ' ')}\n\n`), isLast: isLast(text) };
  },
});

function pairs(flat: readonly string[]): Header[] {
  return Array.from({ length: flat.length / 2 }, (_, index): Header => [flat[index * 2] ?? '', flat[index * 2 + 1] ?? '']);
}
