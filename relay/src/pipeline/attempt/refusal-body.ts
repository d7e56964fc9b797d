import { isObject, parseJson } from '../../dialects/json-member.ts';
import { isHarmless } from '../../dialects/upstream-refusal.ts';
import { Failure } from '../../failure/failure.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamAnswer } from '../../upstream/upstream.ts';
import type { Target } from './upstream-call.ts';

/** More than any provider says, and little enough to be read for every failed attempt. */
const mostBytes = 65_536;

/**
 * What the upstream said when it refused, under the status that counts. A text above the limit, or one that breaks off, is read
 * as far as it came.
 */
export async function readRefusal(answer: UpstreamAnswer, target: Pick<Target, 'dialect' | 'provider' | 'passThrough'>, signal: Signal, status: number = answer.status): Promise<Failure> {
  const body = await collect(answer, signal, mostBytes);
  if (signal.aborted) return new Failure('client_gone');
  const failure = refusalOf(status, body, target);
  return target.passThrough && status === answer.status ? asSaid(forwarded(failure, status), body, status) : failure;
}

/** Where both ends speak one dialect the status goes on as it came, but for those that only machines between say (dialects 9.3). */
const forwarded = (failure: Failure, status: number): Failure =>
  (status < 400 || status === 408 || (status > 511 && status !== 529) || failure.code !== 'bad_response_status_code' || failure.details.incurable ? failure : new Failure(failure.code, { ...failure.details, status }));

/** Both ends speak one dialect: its own words are the best, but for what is ours alone (channel faults), and what nobody may read. */
function asSaid(failure: Failure, body: Buffer, status: number): Failure {
  if (failure.code !== 'bad_response_status_code' || failure.status !== status || status >= 500 || body.length > mostBytes) return failure;
  const text = body.toString('utf8');
  return isObject(parseJson(text)) && isHarmless(text) ? new Failure(failure.code, { ...failure.details, verbatim: text }) : failure;
}

/** The same of a body that was read already. */
export function refusalOf(status: number, body: Buffer, { dialect, provider }: Pick<Target, 'dialect' | 'provider'>): Failure {
  const usual = dialect.readFailure(status, body);
  const failure = provider.readFailure?.(status, body, usual) ?? usual;
  return status >= 500 && !failure.details.incurable ? withoutWords(failure) : failure;
}

/** What breaks inside a provider is no news for clients, and its words are about machines. They stay in the log. */
function withoutWords({ code, details: { status, note, retryAfterSeconds } }: Failure): Failure {
  return new Failure(code, {
    ...(status === undefined ? {} : { status }), ...(note === undefined ? {} : { note }), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** The body, or as much of it as came and is not far above the limit. Never rejects. */
export function collect(answer: UpstreamAnswer, signal: Signal, limit: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const done = (): void => { signal.forget(leaving); resolve(Buffer.concat(pieces)); };
    const stop = (): void => { answer.cancel(); done(); };
    const leaving = { onAbort: stop };
    signal.onAbort(leaving);
    if (signal.aborted) return;
    answer.start({
      onData: (chunk, last) => {
        pieces.push(Buffer.from(chunk));
        bytes += chunk.length;
        if (last) done(); else if (bytes > limit) stop();
      },
      onEnd: done,
      onFailure: done,
    });
  });
}
