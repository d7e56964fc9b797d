import { parseJson } from '../../dialects/json-member.ts';
import { Failure } from '../../failure/failure.ts';
import type { Post } from '../../signing/signature.ts';
import { Signal } from '../../upstream/signal.ts';
import type { Upstream, UpstreamTimeouts } from '../../upstream/upstream.ts';
import { collect } from './refusal-body.ts';

const mostBytes = 65_536, patienceMs = 15_000;

/** Asks an issuer of tokens, over the one way out that traffic takes. A refusal blames the credential. */
export const tokenPost = (upstream: Upstream, timeouts: UpstreamTimeouts): Post => async (address, contentType, body, proxy) => {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return new Failure('channel:invalid_key', { note: 'the credential names no address that issues tokens' });
  const signal = new Signal();
  const timer = setTimeout(() => signal.abort(), patienceMs);
  const headers = ['content-type', contentType, 'accept', 'application/json'];
  const answer = await upstream.open({ origin: url.origin, method: 'POST', path: url.pathname + url.search, headers, body: Buffer.from(body), timeouts, proxy }, signal);
  const text = answer instanceof Failure ? '' : (await collect(answer, signal, mostBytes)).toString('utf8');
  clearTimeout(timer);
  if (answer instanceof Failure) return answer;
  if (signal.aborted) return new Failure('upstream_timeout_first_byte');
  const refused = answer.status >= 500 ? 'do_request_failed' : 'channel:invalid_key';
  if (answer.status < 200 || answer.status > 299) return new Failure(refused, { note: `the issuer of tokens answered ${answer.status} ${text.slice(0, 300)}` });
  return parseJson(text) ?? new Failure('bad_response_body', { note: 'the issuer of tokens sent no JSON' });
};
