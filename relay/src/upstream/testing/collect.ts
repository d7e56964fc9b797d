/** For tests: what became of an attempt, in values that can be compared. */
import { Failure } from '../../failure/failure.ts';
import type { Signal } from '../signal.ts';
import type { Upstream, UpstreamAnswer, UpstreamRequest } from '../upstream.ts';

export type Outcome = { status: number; body: string; answer: UpstreamAnswer } | { code: string; note: string | undefined; status?: number; body?: string };

/** Long enough for a machine that has other things to do. */
export const usualTimeouts = { connectMs: 10_000, firstByteMs: 10_000, silenceMs: 10_000, totalMs: 30_000 };

export async function collect(upstream: Upstream, request: Pick<UpstreamRequest, 'origin'> & Partial<UpstreamRequest>, signal: Signal): Promise<Outcome> {
  const answer = await upstream.open({ method: 'POST', path: '/v1/x', headers: ['content-type', 'application/json'], body: Buffer.from('{}'), timeouts: usualTimeouts, ...request }, signal);
  if (answer instanceof Failure) return { code: answer.code, note: answer.details.note };
  const { status } = answer;
  return new Promise((resolve) => {
    let body = '';
    answer.start({
      onData: (chunk, last) => { body += chunk.toString('latin1'); if (last) resolve({ status, body, answer }); },
      onEnd: () => resolve({ status, body, answer }),
      onFailure: (failure) => resolve({ code: failure.code, note: failure.details.note, status, body }),
    });
  });
}
