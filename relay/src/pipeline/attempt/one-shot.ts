/** Servers that ignore the wish for a stream, and those that hide a refusal in a success (providers 1.3, 1.4). */
import { isCodec, isDialect } from '../../dialects/dialect.ts';
import { parseLossless } from '../../dialects/lossless-json.ts';
import { readBreak } from '../../dialects/upstream-refusal.ts';
import { refusalWords } from '../../dialects/refusal-words.ts';
import { Failure } from '../../failure/failure.ts';
import { writeSse } from '../../framing/sse-writer.ts';
import type { Signal } from '../../upstream/signal.ts';
import type { UpstreamAnswer } from '../../upstream/upstream.ts';
import { collect, refusalOf } from './refusal-body.ts';
import { Replayed } from './replayed.ts';
import type { Target } from './upstream-call.ts';

const mostBytes = 64 << 20;

/** A whole answer where a stream was asked for: as a stream that says it at once, or the refusal that it is. */
export async function oneShot(answer: UpstreamAnswer, target: Target, model: string, requestId: string, signal: Signal): Promise<UpstreamAnswer | Failure> {
  const body = await collect(answer, signal, mostBytes);
  if (signal.aborted) return new Failure('client_gone');
  const { dialect } = target, parsed = parseLossless(body.toString('utf8'));
  const events = parsed !== undefined && isCodec(dialect) ? dialect.readAnswer(parsed, target.provider.readUsage ? { usage: target.provider.readUsage } : {}) : undefined;
  if (!events || events instanceof Failure || !isDialect(dialect) || events.some((event) => event.type === 'answer-failure')) return refusalOf(answer.status, body, target);
  const writer = dialect.newWriter({ requestId, model, streamUsage: true });
  return new Replayed(answer, 'text/event-stream', Buffer.from(events.flatMap((event) => writer.write(event)).map(writeSse).join('')));
}

/** The refusal that a body is, where it says so in words of its own; else the failure that was found. */
export function hidden(failure: Failure, body: Buffer, target: Target): Failure {
  if (failure.code !== 'bad_response_body') return failure;
  const { said, code, type } = refusalWords(parseLossless(body.toString('utf8')));
  if (!said && !code) return failure;
  const refusal = refusalOf(200, body, target);
  if (refusal.code !== 'bad_response_status_code' || refusal.status !== failure.status) return refusal;
  // No word that its provider is known for: then the usual ones.
  return readBreak('bad_response_status_code', said ?? '', code ?? type);
}
