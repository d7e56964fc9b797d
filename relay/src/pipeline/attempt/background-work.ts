/** Work that a provider does behind its first answer (providers 7.3): asked after, more and more seldom, until it is done. */
import { isObject } from '../../dialects/json-member.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import type { Background } from '../../endpoints/served.ts';
import { Failure } from '../../failure/failure.ts';
import { addressAt } from '../../providers/parts/upstream-address.ts';
import { Signal } from '../../upstream/signal.ts';
import type { UpstreamRequest } from '../../upstream/upstream.ts';
import type { Relay } from '../relay.ts';
import { collect, readRefusal } from './refusal-body.ts';
import type { Target } from './upstream-call.ts';

const firstPauseMs = 100, longestPauseMs = 2_000, stopMs = 5_000;
/** Questions that break down one after another before the work is given up. */
const mostFaults = 5;
export const workBytes = 64 << 20;

export interface Work { readonly target: Target; /** The request that began it. */ readonly begun: UpstreamRequest; readonly background: Background }

/**
 * Waits as long as the channel gives a call in all. A client that leaves ends the work, where its provider lets it.
 *
 * @param first the answer to the request that began it
 * @returns the last answer. Failures: `client_gone`, `upstream_timeout_first_byte`, and those of a question that is refused
 */
export async function workDone(first: Buffer, work: Work, relay: Relay, signal: Signal): Promise<Buffer | Failure> {
  const until = relay.clock.monotonic() + work.begun.timeouts.totalMs;
  let last = first, faults = 0;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const next = nextOf(last, work.background);
    if (!next) return last;
    const left = until - relay.clock.monotonic();
    if (left > 0) await pause(Math.min(left, pauseMs), signal);
    if (left <= 0 || signal.aborted) {
      void ask(work, 'POST', next.stop, relay, new Signal());
      return signal.aborted ? new Failure('client_gone') : new Failure('upstream_timeout_first_byte', { note: 'the work was not done in time' });
    }
    const answer = await ask(work, 'GET', next.ask, relay, signal);
    if (Buffer.isBuffer(answer)) { last = answer; faults = 0; } else if (!isPassing(answer) || ++faults > mostFaults) return lost(answer);
  }
}

function nextOf(answer: Buffer, background: Background): ReturnType<Background['next']> {
  const parsed = parseLossless(answer.toString('utf8'));
  return isObject(parsed) ? background.next(parsed) : undefined;
}

/** What a later question may not meet again; the work itself goes on. A client that left is looked for before each question. */
const isPassing = ({ status, code }: Failure): boolean => status === 429 || status >= 500 || code === 'client_gone';

/** Nothing was wrong with the request, so it is not refused: its work is lost. */
const lost = (failure: Failure): Failure =>
  (failure.code === 'bad_response_status_code' && failure.status < 500 ? new Failure(failure.code, { status: 502, note: `asked after the work: ${failure.status} ${failure.say}` }) : failure);

async function ask({ target, begun }: Work, method: 'GET' | 'POST', path: string, relay: Relay, signal: Signal): Promise<Buffer | Failure> {
  const url = addressAt(target.base, path);
  if (url instanceof Failure) return url;
  const { headers, proxy } = begun, timeouts = method === 'GET' ? begun.timeouts : { ...begun.timeouts, totalMs: stopMs };
  const answer = await relay.upstream.open({ origin: url.origin, path: url.pathname + url.search, method, headers, body: method === 'GET' ? undefined : nothing, timeouts, proxy }, signal);
  if (answer instanceof Failure) return answer;
  return answer.status >= 200 && answer.status <= 299 ? collect(answer, signal, workBytes) : readRefusal(answer, target, signal);
}

const nothing = Buffer.alloc(0);

/** Ends early with the signal. */
function pause(ms: number, signal: Signal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => { signal.forget(leaving); resolve(); }, ms), leaving = { onAbort: () => { clearTimeout(timer); resolve(); } };
    signal.onAbort(leaving);
  });
}
