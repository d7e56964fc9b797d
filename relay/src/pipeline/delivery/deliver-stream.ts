/** A streamed answer on its way: bytes or converted events, as fast as the client takes them, and one end whatever happens. */
import type { AnswerFraming } from '../../dialects/answer/answer-framing.ts';
import type { PassedAnswer, Surface } from '../../dialects/dialect.ts';
import { inLanguageOf } from '../../failure/chinese.ts';
import { Failure } from '../../failure/failure.ts';
import { crashPoint } from '../../trace/crash-point.ts';
import type { AbortListener } from '../../upstream/signal.ts';
import type { OpenAnswer } from '../attempt/open-answer.ts';
import type { KeepingSink } from '../attempt/opening.ts';
import type { RunningDelivery } from './deliveries.ts';
import type { Exchange } from '../exchange.ts';
import { mayTellError, ToldError } from './told-error.ts';
import type { Translation } from './translation.ts';

/** How a delivery ended. `undefined`: as it should. */
export interface Delivered {
  readonly clientGone: boolean;
  readonly broken: 'cut' | 'upstream-error' | undefined;
  readonly failure: Failure | undefined;
}

export interface StreamNotes {
  /** Something was delivered since the last time. */
  onCheckpoint(): void;
  /** Called once, before the client can hold the whole answer. */
  onWhole(): void;
}

export interface StreamForm { readonly translation: Translation | undefined; readonly framing: AnswerFraming; readonly notes: StreamNotes }

export const streamHeaders: readonly string[] = ['cache-control', 'no-cache', 'x-accel-buffering', 'no'];

export class StreamDelivery implements KeepingSink, RunningDelivery, AbortListener {
  readonly done: Promise<Delivered>;
  private resolve: (delivered: Delivered) => void = () => undefined;
  /** The exchange copies what it cannot send at once; a translation may hold on to the beginning of an event. */
  readonly copies: boolean;
  private over = false;
  private seen = false;
  private readonly exchange: Exchange;
  private readonly open: OpenAnswer;
  private readonly client: Surface;
  private readonly translation: Translation | undefined;
  private readonly framing: AnswerFraming;
  private readonly notes: StreamNotes;
  private isWhole = false;
  /** Bytes of the upstream go on as they came, its errors too. */
  private readonly guards: boolean;
  private errors: ToldError | undefined;

  constructor(exchange: Exchange, open: OpenAnswer, client: Surface, { translation, framing, notes }: StreamForm) {
    this.exchange = exchange;
    this.open = open;
    this.client = client;
    this.translation = translation;
    this.copies = translation === undefined;
    this.framing = framing;
    this.guards = open.target.passThrough && framing.contentType.startsWith('text/event-stream');
    this.notes = notes;
    this.done = new Promise((resolve) => { this.resolve = resolve; });
    exchange.signal.onAbort(this);
  }

  onAbort(): void { this.finish({ clientGone: true, broken: undefined, failure: new Failure('client_gone') }, true); }

  onData(chunk: Buffer, last: boolean): void {
    if (this.over) return;
    crashPoint('mid-stream');
    this.seen = true;
    if (!this.isWhole && (this.open.target.dialect.holdsEnd(chunk) || this.open.opening.seenWhole)) this.noteWhole();
    if (this.guards && (this.errors || mayTellError(chunk))) this.forwardGuarded((this.errors ??= new ToldError()).pass(chunk), last);
    else this.forward(chunk, last);
    if (last) this.onEnd();
  }

  private forward(chunk: Buffer, last: boolean): void {
    if (!this.translation) { this.pace(this.exchange.write(chunk), last); return; }
    const pieces = this.translation.push(chunk);
    if (pieces instanceof Failure) { this.onFailure(pieces); return; }
    for (const piece of pieces) this.pace(this.exchange.write(piece), last);
    const { broken } = this.translation;
    if (broken) this.breakWith(broken, 'upstream-error', true);
  }

  private forwardGuarded(chunk: Buffer, last: boolean): void {
    if (chunk.length > 0) this.forward(chunk, last);
    const failure = this.errors?.failure;
    if (failure && !this.over) this.breakWith(failure, 'upstream-error', true);
  }

  onEnd(): void {
    if (this.errors && !this.over) this.forwardGuarded(this.errors.rest(), true);
    if (this.over) return;
    const { report } = this.open.opening;
    if (report.failure) return this.breakWith(report.failure, 'upstream-error', !this.open.target.passThrough);
    if (!report.complete) return this.breakWith(new Failure('answer_cut'), 'cut', true);
    this.noteWhole();
    const rest = this.translation?.end() ?? [];
    this.exchange.end(joined(rest));
    this.finish({ clientGone: false, broken: undefined, failure: undefined }, false);
  }

  onFailure(failure: Failure): void {
    if (!this.over) this.breakWith(failure, 'cut', true);
  }

  breakOff(failure: Failure): void {
    if (!this.over) this.breakWith(failure, 'cut', true);
  }

  checkpoint(): void {
    if (this.seen && !this.over) this.notes.onCheckpoint();
    this.seen = false;
  }

  /** @param say false: the upstream's own error event went through already */
  private breakWith(failure: Failure, broken: 'cut' | 'upstream-error', say: boolean): void {
    const told = inLanguageOf(this.exchange.headers.acceptLanguage, failure);
    const words = say ? this.framing.fail(this.translation?.fail?.(told) ?? this.client.renderStreamFailure(told, this.exchange.id, this.passed())) : [];
    for (const word of words.slice(0, -1)) this.exchange.write(word);
    this.exchange.end(words.at(-1) ?? '');
    this.finish({ clientGone: false, broken, failure }, true);
  }

  private passed(): PassedAnswer {
    const { opening, responseId } = this.open;
    return { sequence: opening.sequence, id: responseId, startedAt: this.exchange.startedAt };
  }

  private noteWhole(): void {
    if (!this.isWhole) this.notes.onWhole();
    this.isWhole = true;
  }

  private pace(more: boolean, last: boolean): void {
    if (more || last || this.over) return;
    this.open.answer.pause();
    this.exchange.drained(() => { if (!this.over) this.open.answer.resume(); });
  }

  private finish(delivered: Delivered, cancel: boolean): void {
    if (this.over) return;
    this.over = true;
    this.exchange.signal.forget(this);
    if (cancel) this.open.answer.cancel();
    this.resolve(delivered);
  }
}

const joined = (pieces: readonly (Buffer | string)[]): Buffer | string | undefined =>
  pieces.length <= 1 ? pieces[0] : Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
