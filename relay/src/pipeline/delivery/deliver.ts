/** From the opened answer to the client. */
import type { AnswerFraming } from '../../dialects/answer/answer-framing.ts';
import { convertBody, StreamConversion } from '../../dialects/answer/answer-conversion.ts';
import { chargedUsage } from '../../dialects/metering/charged-usage.ts';
import type { AnswerReport } from '../../dialects/dialect.ts';
import { streamIds, withId } from '../../dialects/answer/id-edit.ts';
import { isObject, parseJson } from '../../dialects/json-member.ts';
import { Failure } from '../../failure/failure.ts';
import type { UsedSoFar } from '../../quota/reservation.ts';
import { answerHeaders } from '../attempt/answer-headers.ts';
import type { Admitted } from '../admitted.ts';
import type { OpenAnswer } from '../attempt/open-answer.ts';
import type { Opening } from '../attempt/opening.ts';
import { besideTokens } from './beside-tokens.ts';
import { type Delivered, StreamDelivery, streamHeaders, type StreamNotes } from './deliver-stream.ts';
import { PipeDelivery } from './deliver-pipe.ts';
import type { Exchange } from '../exchange.ts';
import type { Received } from '../entry/received.ts';
import type { Relay } from '../relay.ts';
import type { Translation } from './translation.ts';

/** Everything about an answer that settlement needs. */
export interface Delivery extends Delivered {
  readonly report: AnswerReport;
  /** From receipt to the first byte for the client. */
  readonly firstByteMs: number;
  /** A whole answer that goes out when its outcome is written: a client never holds what a crash could forget. */
  readonly send?: () => void;
}

export function deliver(admitted: Admitted, open: OpenAnswer, relay: Relay): Delivery | Promise<Delivery> {
  const { exchange, request } = admitted, firstByteMs = relay.clock.now() - exchange.startedAt;
  const way: Way = { exchange, open, request, firstByteMs, admitted };
  return open.stream ? stream(way, relay) : whole(way);
}

interface Way { exchange: Exchange; open: OpenAnswer; request: Received; firstByteMs: number; admitted: Admitted }

/** What was used so far, told to the books. One object: thousands of streams wait with one each. */
class UsageNotes implements StreamNotes {
  private readonly admitted: Admitted;
  private readonly opening: Opening;

  constructor(admitted: Admitted, { opening }: OpenAnswer) {
    this.admitted = admitted;
    this.opening = opening;
  }

  onCheckpoint(): void { this.admitted.reservation.checkpoint(this.used()); }
  onWhole(): void { this.admitted.reservation.keep(this.used()); }

  private used(): UsedSoFar {
    const { admission, snapshot } = this.admitted, { report } = this.opening;
    return { tokens: chargedUsage(report, admission.estimatedInput).tokens, ...besideTokens(report, admission, snapshot) };
  }
}

function stream({ exchange, open, request, firstByteMs, admitted }: Way, relay: Relay): Promise<Delivery> {
  const { opening } = open, notes = new UsageNotes(admitted, open), pingMs = admitted.snapshot.settings.pingSeconds * 1_000;
  const framing = request.dialect.newFraming(request.facts.streamForm, open.target.passThrough);
  const delivery = new StreamDelivery(exchange, open, request.dialect, { translation: translationOf(open, request, framing, exchange.id), framing, notes });
  exchange.begin(200, framing.contentType, [...streamHeaders, ...headersOf(open)], framing.keepAlive, pingMs);
  open.answer.forgetHead?.();
  const seat = relay.deliveries.add(delivery);
  opening.handTo(delivery);
  return delivery.done.then(({ clientGone, broken, failure }) => {
    relay.deliveries.remove(seat);
    return { clientGone, broken, failure, report: opening.report, firstByteMs };
  });
}

function translationOf({ route, upstreamModel, target }: OpenAnswer, request: Received, framing: AnswerFraming, requestId: string): Translation | undefined {
  const { facts, dialect } = request;
  const model = upstreamModel === facts.model || !target.switches.echoesModel ? undefined : facts.model;
  const own = route ? new StreamConversion(route, framing) : dialect.editAnswer({ stream: true, dropUsage: !facts.wantsUsage, repair: target.switches.repair ?? !target.provider.exact, model, form: facts.streamForm });
  return dialect.answerId ? withIds(own, dialect.answerId(requestId)) : own;
}

/** The last step: whatever made the events, they carry this id. */
function withIds(own: Translation | undefined, id: string): Translation {
  const ids = streamIds(id), through = (pieces: readonly (Buffer | string)[]): Buffer[] => pieces.flatMap((piece) => ids.push(Buffer.from(piece)));
  return {
    push: (chunk) => {
      const pieces = own ? own.push(chunk) : [chunk];
      return pieces instanceof Failure ? pieces : through(pieces);
    },
    end: () => [...through(own?.end() ?? []), ...ids.end()],
    ...(own?.fail ? { fail: (failure) => own.fail?.(failure) } : {}),
  };
}

function headersOf({ answer, target, warnings }: OpenAnswer): string[] {
  const shown = answerHeaders(answer, target.passThrough);
  if (warnings.length > 0) shown.push('x-relay-warnings', warnings.join(', '));
  return shown;
}

/** A JSON answer: held in whole it goes out in one write; a large one is piped. */
function whole({ exchange, open, request, firstByteMs, admitted }: Way): Delivery | Promise<Delivery> {
  const { opening } = open;
  if (!opening.complete) {
    const notes = new UsageNotes(admitted, open), pipe = new PipeDelivery(exchange, open, () => notes.onWhole());
    exchange.begin(200, contentTypeOf(open, request), headersOf(open));
    opening.handTo(pipe);
    return pipe.done.then(({ clientGone, broken, failure }) => ({ clientGone, broken, failure, report: opening.report, firstByteMs }));
  }
  const { pieces, report } = opening;
  const body = finalBody(open, request, pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), exchange.id);
  const clientGone = exchange.signal.aborted;
  if (clientGone) return { clientGone, broken: undefined, failure: new Failure('client_gone'), report, firstByteMs };
  if (body instanceof Failure) return { clientGone, broken: 'upstream-error', failure: body, report, firstByteMs };
  const headers = body.contentType.startsWith('text/event-stream') ? [...streamHeaders, ...headersOf(open)] : headersOf(open);
  const send = (): void => exchange.answer(200, body.contentType, body.bytes, headers);
  return { clientGone, broken: undefined, failure: undefined, report, firstByteMs, send };
}

interface Final { contentType: string; bytes: Buffer | string }

function finalBody(open: OpenAnswer, request: Received, body: Buffer, requestId: string): Final | Failure {
  const final = open.readAnswer ? open.readAnswer(body) : ownBody(open, request, body), { answerId } = request.dialect;
  if (final instanceof Failure) return final;
  if (answerId) return { ...final, bytes: withId(Buffer.from(final.bytes), answerId(requestId)) };
  if (!request.give) return final;
  const answer = parseJson(final.bytes.toString('utf8'));
  return isObject(answer) ? { contentType: 'application/json', bytes: JSON.stringify(request.give(answer)) } : new Failure('bad_response_body', { note: 'not a JSON object' });
}

function ownBody(open: OpenAnswer, request: Received, body: Buffer): Final | Failure {
  const bytes = open.route ? convertBody(body, open.route) : echoed(open, request, body);
  return bytes instanceof Failure ? bytes : { contentType: contentTypeOf(open, request), bytes };
}

/** Chat answers in JSON. What the other endpoints answer with is for the provider to say. */
function contentTypeOf({ target, answer }: OpenAnswer, { facts: { bytesType } }: Received): string {
  const said = target.served && answer.header('content-type');
  if (bytesType && (!said || said === 'application/octet-stream')) return bytesType;
  return said && sendable.test(said) ? said : 'application/json';
}

const sendable = /^[\x20-\x7e]+$/;

function echoed(open: OpenAnswer, request: Received, body: Buffer): Buffer {
  const { facts, dialect } = request;
  if (open.upstreamModel === facts.model || !open.target.switches.echoesModel) return body;
  const editor = dialect.editAnswer({ stream: false, dropUsage: false, model: facts.model });
  return editor ? Buffer.concat([...editor.push(body), ...editor.end()]) : body;
}
