/** The way out in the shape of `fetch`, for libraries that take one. */
import type { Egress, EgressAudience } from './egress.ts';
import { EgressFailure } from './egress.ts';

/** Rejects with a TypeError when there is no answer, as fetch does. Bodies are text or bytes, never streams. */
export function egressFetch(egress: Egress, chosenBy: EgressAudience, timeoutMs?: number): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = asked.body === null ? undefined : Buffer.from(await asked.arrayBuffer());
    const answer = await egress.request({ url: asked.url, method: asked.method === 'GET' ? 'GET' : 'POST', headers: Object.fromEntries(asked.headers), body, chosenBy, timeoutMs });
    if (answer instanceof EgressFailure) throw new TypeError(`The request failed: ${answer.fault}`);
    const isEmpty = [204, 205, 304].includes(answer.status);
    return new Response(isEmpty ? null : new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  };
}
