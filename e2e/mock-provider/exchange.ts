/** One exchange of the mock: refuse it, break it, or answer it, as ordered. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type DialectName, type Request } from './answer.ts';
import { deliverBody, deliverStream, type Delivery, reset } from './delivery.ts';
import { distort, errorBody } from './distort.ts';
import { echoAnswer } from './echo-answer.ts';
import type { GroundTruth } from './ground-truth.ts';
import { recordedAnswer } from './recorded-answer.ts';
import { usagesIn } from './usage.ts';

/** Orders that end the exchange before an answer is even looked for. True: it is over. */
async function refusedByOrder(delivery: Delivery, dialect: DialectName, truth: GroundTruth): Promise<boolean> {
  const { orders, response, entry, gone } = delivery;
  if (orders.has('wait')) await pause(orders.get('wait'), undefined, { signal: gone }).catch(() => {});
  if (orders.has('never-answer')) await pause(2 ** 31 - 1, undefined, { signal: gone }).catch(() => {});
  if (gone.aborted) return true;
  if (orders.has('reset-before-headers') || (orders.has('reset-once') && truth.isFirst(entry))) { reset(delivery); return true; }
  if (orders.has('garbage')) {
    entry.status = 200;
    entry.ending = 'complete';
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(Buffer.from('\u0000\u0007<html>{"half": ]]'));
    return true;
  }
  const status = orders.get('status') ?? (orders.has('429') ? 429 : undefined);
  if (status === undefined) return false;
  const retryAfter = orders.get('429');
  await deliverBody(delivery, dialect, status, errorBody(dialect, status, `Refused with ${status}, by order.`), retryAfter ? { 'retry-after': String(retryAfter) } : {});
  return true;
}

/** OpenAI sends the usage chunk, which has no choices, only to a caller who asks for it. */
function withoutUnasked(request: Request, answer: Answer): Answer {
  if (request.wantsUsage) return answer;
  const isUsageChunk = (event: Answer['body']): boolean => Array.isArray(event.choices) && event.choices.length === 0 && usagesIn(event).length > 0;
  return { ...answer, events: answer.events.filter((event) => !isUsageChunk(event)) };
}

/** Answers `request`, whose model name asks for the recording or echo `base`, and resolves when nothing more will be sent. */
export async function answerRequest(delivery: Delivery, request: Request, base: string, truth: GroundTruth): Promise<void> {
  const { dialect } = request, { orders } = delivery;
  if (await refusedByOrder(delivery, dialect, truth)) return;
  const found = recordedAnswer(request, base) ?? echoAnswer(request, orders);
  if (typeof found === 'string') return deliverBody(delivery, dialect, 400, errorBody(dialect, 400, found));
  const answer = distort(dialect, found, orders);
  const asBody = !request.stream || orders.has('ok-status-error-body');
  await (asBody ? deliverBody(delivery, dialect, 200, answer.body) : deliverStream(delivery, dialect, withoutUnasked(request, answer)));
}
