/** From the opened answer to the client. */
import { convertBody, StreamConversion, type Route } from '../dialects/answer-conversion.ts';
import { chargedUsage } from '../dialects/charged-usage.ts';
import type { AnswerReport } from '../dialects/dialect.ts';
import { writerOptions } from '../dialects/writer-options.ts';
import { Failure } from '../failure/failure.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import type { Admitted } from './admitted.ts';
import type { OpenAnswer } from './attempt.ts';
import { type Delivered, StreamDelivery, streamHeaders } from './deliver-stream.ts';
import { PipeDelivery } from './deliver-pipe.ts';
import type { Exchange } from './exchange.ts';
import type { Received } from './receive.ts';
import type { Relay } from './relay.ts';
import type { Translation } from './translation.ts';

/** Everything about an answer that settlement needs. */
export interface Delivery extends Delivered {
  readonly report: AnswerReport;
  /** From receipt to the first byte for the client. */
  readonly firstByteMs: number;
  /** A whole answer that goes out when its outcome is written: a client never holds what a crash could forget. */
  readonly send?: () => void;
}

export async function deliver({ exchange, request, reservation, admission }: Admitted, open: OpenAnswer, relay: Relay): Promise<Delivery> {
  const firstByteMs = relay.clock.now() - exchange.startedAt, { estimatedInput } = admission;
  const used = (): UsageTokens => chargedUsage(open.watch.report(), estimatedInput).tokens;
  const notes = { onCheckpoint: () => reservation.checkpoint(used()), onWhole: () => reservation.keep(used()) };
  const delivered = request.facts.stream ? await stream(exchange, open, request, relay, notes) : await whole(exchange, open, request, relay);
  return { ...delivered, report: open.watch.report(), firstByteMs };
}

async function stream(exchange: Exchange, open: OpenAnswer, request: Received, relay: Relay, notes: { onCheckpoint: () => void; onWhole: () => void }): Promise<Delivered> {
  const delivery = new StreamDelivery(exchange, open, request.dialect, translationOf(exchange, open, request, relay), notes);
  exchange.begin(200, 'text/event-stream', [...streamHeaders, ...warningsOf(open)]);
  relay.deliveries.add(delivery);
  open.opening.handTo(delivery);
  const delivered = await delivery.done;
  relay.deliveries.remove(delivery);
  return delivered;
}

function translationOf(exchange: Exchange, open: OpenAnswer, request: Received, relay: Relay): Translation | undefined {
  const { upstreamModel } = open;
  const { facts, dialect } = request;
  const model = upstreamModel === facts.model ? undefined : facts.model;
  const route = routeOf(exchange, open, request, relay);
  return route ? new StreamConversion(route) : dialect.editAnswer({ stream: true, dropUsage: !facts.wantsUsage, model });
}

/** What the request lost on its way (dialects 4.10). */
const warningsOf = ({ conversion }: OpenAnswer): string[] => (conversion?.warnings.length ? ['x-relay-warnings', conversion.warnings.join(', ')] : []);

/** Undefined: both ends speak the same dialect. */
function routeOf(exchange: Exchange, { conversion, target }: OpenAnswer, { dialect }: Received, relay: Relay): Route | undefined {
  if (!conversion) return undefined;
  const { readUsage } = target.provider;
  const createdAt = Math.floor(relay.clock.now() / 1_000);
  return {
    from: target.dialect, to: dialect,
    reading: readUsage ? { usage: readUsage } : {},
    writing: writerOptions(conversion.request, conversion.toolNames, exchange.id, createdAt),
  };
}

const fine: Delivered = { clientGone: false, broken: undefined, failure: undefined };

/** A JSON answer: held in whole it goes out in one write; a large one is piped. */
async function whole(exchange: Exchange, open: OpenAnswer, request: Received, relay: Relay): Promise<Delivered & Pick<Delivery, 'send'>> {
  if (!open.opening.complete) {
    const pipe = new PipeDelivery(exchange, open);
    exchange.begin(200, 'application/json');
    open.opening.handTo(pipe);
    return pipe.done;
  }
  const held = open.opening.pieces;
  const body = finalBody(open, request, routeOf(exchange, open, request, relay), held.length === 1 ? held[0]! : Buffer.concat(held));
  if (exchange.signal.aborted) return { clientGone: true, broken: undefined, failure: new Failure('client_gone') };
  if (body instanceof Failure) return { clientGone: false, broken: 'upstream-error', failure: body };
  return { ...fine, send: () => exchange.answer(200, 'application/json', body, warningsOf(open)) };
}

function finalBody(open: OpenAnswer, request: Received, route: Route | undefined, body: Buffer): Buffer | string | Failure {
  if (route) return convertBody(body, route);
  const { facts, dialect } = request;
  if (open.upstreamModel === facts.model) return body;
  const editor = dialect.editAnswer({ stream: false, dropUsage: false, model: facts.model });
  return editor ? Buffer.concat([...editor.push(body), ...editor.end()]) : body;
}
