/** A client and a provider in conversation: frames pass unchanged in both directions, and each finished answer is a turn that is paid. */
import { noTokens } from '../dialects/metering/usage.ts';
import { Failure } from '../failure/failure.ts';
import type { JsonObject } from '../dialects/chat-event.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import type { RunningDelivery } from '../pipeline/delivery/deliveries.ts';
import type { TimerWheel } from '../trace/timer-wheel.ts';
import type { MessageSocket } from '../upstream/upstream.ts';
import { closingCode, closeCodes } from './close-code.ts';
import type { Line } from './connect.ts';
import { errorFrame } from './error-frame.ts';
import { eventOf, typeOf } from './frame.ts';
import { Patience } from './patience.ts';
import { pinnedModel } from './pinned-model.ts';
import { TurnMeter } from './turn-meter.ts';
import { sum, transcriptUsage, usageOf } from './turn-usage.ts';
import type { Turns } from './turns.ts';

/** What may wait on its way to either end before the other one is made to wait (RLY-07). */
const waitingBytes = 256 << 10;
const done = 'response.done', transcribed = 'conversation.item.input_audio_transcription.completed';

export interface SessionParts {
  readonly id: string;
  readonly client: MessageSocket;
  readonly line: Line;
  readonly turns: Turns;
  readonly wheel: TimerWheel;
  readonly onOver: () => void;
}

interface Frame { readonly data: Buffer; readonly isBinary: boolean }

export class Session implements RunningDelivery {
  private readonly parts: SessionParts;
  private readonly meter = new TurnMeter();
  private readonly patience: Patience;
  /** Reported beside answers: transcripts of what the user said. */
  private beside: UsageTokens = noTokens;
  private over = false;
  private draining = false;
  /** A turn is being paid: what comes meanwhile waits. */
  private paying = false;
  /** The client does not read, so the provider waits. */
  private clientIsSlow = false;
  private fromClient: Frame[] = [];
  private fromUpstream: Frame[] = [];

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.patience = new Patience(parts.line.timeouts, parts.wheel, (failure) => this.breakOff(failure));
  }

  start(): void {
    const { client, line } = this.parts;
    client.listen({ onMessage: (data, isBinary) => this.ask(data, isBinary), onClose: (code, reason) => this.clientClosed(code, reason) });
    if (!this.over) line.socket.listen({ onMessage: (data, isBinary) => this.answer(data, isBinary), onClose: (code, reason) => this.upstreamClosed(code, reason) });
  }

  /** Each few seconds: whoever may not speak any more is told so within a minute (RLY-10). */
  checkpoint(): void {
    const { turns } = this.parts, caller = turns.recheck();
    if (caller instanceof Failure) return this.breakOff(caller);
    if (this.meter.isAnswering) turns.checkpoint(this.meter.tokens);
  }

  drain(): void {
    this.draining = true;
    if (!this.meter.isAnswering && !this.paying) this.breakOff(new Failure('draining'));
  }

  /** Says why, closes both ends and charges what was used. */
  breakOff(failure: Failure): void {
    if (this.over) return;
    const { client, id } = this.parts;
    client.send(errorFrame(failure, id), false);
    this.finish('CUT');
    // Its end comes at once, and closes the other one.
    client.close(closeCodes.of(failure), failure.code);
  }

  private ask(data: Buffer, isBinary: boolean): void {
    if (this.over) return;
    if (this.paying) { this.fromClient.push({ data, isBinary }); return; }
    const { line, client, turns, id } = this.parts, allowed = turns.allowed(data);
    // The frame is all that is lost: as with any error of a client, the session goes on.
    if (allowed instanceof Failure) { client.send(errorFrame(allowed, id), false); return; }
    this.meter.fromClient(allowed);
    if (typeOf(allowed) === 'response.create') this.patience.asked();
    line.socket.send(pinnedModel(allowed, line.upstreamModel), isBinary);
    if (line.socket.buffered > waitingBytes && !this.patience.isHeld) this.holdClient();
  }

  private holdClient(): void {
    const { client, line } = this.parts;
    this.patience.held();
    client.pause();
    line.socket.drained(() => {
      this.patience.released();
      if (!this.over && !this.paying) client.resume();
    });
  }

  private answer(data: Buffer, isBinary: boolean): void {
    if (this.over) return;
    if (this.paying) { this.fromUpstream.push({ data, isBinary }); return; }
    const type = typeOf(data);
    this.patience.heard();
    this.meter.fromUpstream(data);
    if (type === 'response.created') this.begun();
    if (type?.endsWith('.delta') !== true) {
      const report = eventOf(data, done);
      if (report) { void this.pay(report, data); return; }
      const tokens = transcriptUsage(eventOf(data, transcribed));
      if (tokens) this.beside = sum(this.beside, tokens);
    }
    this.tell(data, isBinary);
  }

  private begun(): void {
    const { turns } = this.parts;
    this.patience.begun();
    turns.answered();
    void turns.counted().then((full) => { if (full) this.breakOff(full); });
  }

  private tell(data: Buffer, isBinary: boolean): void {
    const { client, line } = this.parts;
    client.send(data, isBinary);
    if (this.over || client.buffered <= waitingBytes) return;
    this.clientIsSlow = true;
    this.patience.excuse();
    line.socket.pause();
    client.drained(() => {
      this.clientIsSlow = false;
      this.patience.unexcuse();
      if (!this.over && !this.paying) line.socket.resume();
    });
  }

  /** The report reaches the client when the charge survives the process; the next turn begins when it can be paid. */
  private async pay(report: JsonObject, data: Buffer): Promise<void> {
    const { turns, line, client } = this.parts;
    this.paying = true;
    this.patience.rest();
    line.socket.pause();
    client.pause();
    const tokens = usageOf(report['response']);
    await (tokens ? turns.charge(sum(tokens, this.beside), 'UPSTREAM', 'COMPLETE') : turns.charge(sum(this.meter.tokens, this.beside), 'ESTIMATED', 'COMPLETE'));
    this.beside = noTokens;
    this.meter.reset();
    if (this.over) return;
    this.tell(data, false);
    const refusal = this.draining ? new Failure('draining') : await turns.next();
    if (this.over) return turns.release('CLIENT_GONE');
    this.paying = false;
    if (refusal) return this.breakOff(refusal);
    this.goOn();
  }

  private goOn(): void {
    this.patience.resume();
    for (const { data, isBinary } of this.fromClient.splice(0)) this.ask(data, isBinary);
    const waiting = this.fromUpstream.splice(0);
    for (let index = 0; index < waiting.length; index++) {
      // An answer among them is paid before what comes after it.
      if (this.paying) { this.fromUpstream.unshift(...waiting.slice(index)); return; }
      this.answer(waiting[index]!.data, waiting[index]!.isBinary);
    }
    if (this.paying || this.over) return;
    if (!this.clientIsSlow) this.parts.line.socket.resume();
    if (!this.patience.isHeld) this.parts.client.resume();
  }

  private clientClosed(code: number, reason: string): void {
    this.finish('CLIENT_GONE');
    this.parts.line.socket.close(closingCode(code), reason);
  }

  private upstreamClosed(code: number, reason: string): void {
    if (this.over) return;
    const { client, id } = this.parts, isCut = code === closeCodes.cut;
    if (isCut) client.send(errorFrame(new Failure('answer_cut'), id), false);
    this.finish('CUT');
    client.close(isCut ? closeCodes.broken : closingCode(code), reason);
  }

  /** The one end. A turn that was begun is charged by what was counted. */
  private finish(end: 'CLIENT_GONE' | 'CUT'): void {
    if (this.over) return;
    this.over = true;
    this.patience.rest();
    const { turns, onOver } = this.parts, used = sum(this.meter.tokens, this.beside);
    if (this.meter.isAnswering || this.beside.input + this.beside.output > 0) void turns.charge(used, 'ESTIMATED', end);
    else turns.release(end === 'CUT' ? 'NONE' : end, end === 'CUT' ? null : 'client_gone');
    onOver();
  }
}
