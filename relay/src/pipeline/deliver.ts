/** From the opened answer to the client. */
import { chargedUsage } from '../dialects/charged-usage.ts';
import type { Json } from '../dialects/chat-event.ts';
import type { AnswerReport } from '../dialects/dialect.ts';
import { Failure } from '../failure/failure.ts';
import type { Reservation } from '../quota/reservation.ts';
import type { OpenAnswer } from './attempt.ts';
import { type Delivered, StreamDelivery, streamHeaders } from './deliver-stream.ts';
import { PipeDelivery } from './deliver-pipe.ts';
import type { Exchange } from './exchange.ts';
import type { Received } from './receive.ts';
import type { Relay } from './relay.ts';
import { StreamConversion, type Translation } from './translation.ts';

/** Everything about an answer that settlement needs. */
export interface Delivery extends Delivered { readonly report: AnswerReport }

export async function deliver(exchange: Exchange, open: OpenAnswer, request: Received, reservation: Reservation, estimatedInput: number, relay: Relay): Promise<Delivery> {
  const delivered = request.facts.stream
    ? await stream(exchange, open, request, relay, () => reservation.checkpoint(chargedUsage(open.watch.report(), estimatedInput).tokens))
    : await whole(exchange, open, request);
  return { ...delivered, report: open.watch.report() };
}

async function stream(exchange: Exchange, open: OpenAnswer, request: Received, relay: Relay, onCheckpoint: () => void): Promise<Delivered> {
  const delivery = new StreamDelivery(exchange, open, request.dialect, translationOf(exchange, open, request), onCheckpoint);
  exchange.begin(200, 'text/event-stream', streamHeaders);
  relay.deliveries.add(delivery);
  open.opening.handTo(delivery);
  const delivered = await delivery.done;
  relay.deliveries.remove(delivery);
  return delivered;
}

function translationOf(exchange: Exchange, open: OpenAnswer, request: Received): Translation | undefined {
  const { target, upstreamModel } = open;
  const { facts, dialect } = request;
  const model = upstreamModel === facts.model ? undefined : facts.model;
  if (target.passThrough) return dialect.editAnswer({ stream: true, dropUsage: !facts.wantsUsage, model });
  const { readUsage } = target.provider;
  const reader = target.dialect.newReader(readUsage ? { usage: readUsage } : {});
  return new StreamConversion(reader, dialect.newWriter({ requestId: exchange.id, model: facts.model, streamUsage: facts.wantsUsage }));
}

const fine: Delivered = { clientGone: false, broken: undefined, failure: undefined };

/** A JSON answer: held in whole it goes out in one write; a large one is piped. */
async function whole(exchange: Exchange, open: OpenAnswer, request: Received): Promise<Delivered> {
  if (!open.opening.complete) {
    const pipe = new PipeDelivery(exchange, open);
    exchange.begin(200, 'application/json');
    open.opening.handTo(pipe);
    return pipe.done;
  }
  const held = open.opening.pieces;
  const body = finalBody(exchange, open, request, held.length === 1 ? held[0]! : Buffer.concat(held));
  if (exchange.signal.aborted) return { clientGone: true, broken: undefined, failure: new Failure('client_gone') };
  if (body instanceof Failure) return { clientGone: false, broken: 'upstream-error', failure: body };
  exchange.answer(200, 'application/json', body);
  return fine;
}

function finalBody(exchange: Exchange, open: OpenAnswer, request: Received, body: Buffer): Buffer | string | Failure {
  const { target, upstreamModel } = open;
  const { facts, dialect } = request;
  if (target.passThrough) {
    if (upstreamModel === facts.model) return body;
    const editor = dialect.editAnswer({ stream: false, dropUsage: false, model: facts.model });
    return editor ? Buffer.concat([...editor.push(body), ...editor.end()]) : body;
  }
  const { readUsage } = target.provider;
  const parsed = parsedAnswer(body);
  const events = parsed instanceof Failure ? parsed : target.dialect.readAnswer(parsed, readUsage ? { usage: readUsage } : {});
  if (events instanceof Failure) return events;
  return JSON.stringify(dialect.writeAnswer(events, { requestId: exchange.id, model: facts.model, streamUsage: true }));
}

function parsedAnswer(body: Buffer): Json | Failure {
  try {
    const parsed: Json = JSON.parse(body.toString('utf8'));
    return parsed;
  } catch {
    return new Failure('bad_response_body', { note: 'not JSON' });
  }
}
