/** A client and a provider in conversation: frames pass unchanged in both directions, and each finished answer is a turn that is paid. */
import { isObject } from '../dialects/json-member.ts';
import { noTokens } from '../dialects/metering/usage.ts';
import { ofSeconds, readEndpointUsage } from '../endpoints/endpoint-usage.ts';
import { Failure } from '../failure/failure.ts';
import type { Json, JsonObject } from '../dialects/chat-event.ts';
import type { UsageTokens } from '../gql/types.gen.ts';
import type { RunningDelivery } from '../pipeline/delivery/deliveries.ts';
import type { ClientEnd } from '../upstream/upstream.ts';
import { closingCode, closeCodes } from './close-code.ts';
import type { Line } from './connect.ts';
import { errorFrame } from './error-frame.ts';
import { eventOf, typeOf } from './frame.ts';
import { pinnedModel } from './pinned-model.ts';
import { TurnMeter } from './turn-meter.ts';
import type { Turns } from './turns.ts';

/** What may wait on its way to the client before the provider is asked to wait (RLY-07), and to the provider before the session ends. */
const clientBytes = 256 << 10, upstreamBytes = 32 << 20;
const done = 'response.done', transcribed = 'conversation.item.input_audio_transcription.completed';

export interface SessionParts {
  readonly id: string;
  readonly client: ClientEnd;
  readonly line: Line;
  readonly turns: Turns;
  readonly onOver: () => void;
}

export class Session implements RunningDelivery {
  private readonly parts: SessionParts;
  private readonly meter = new TurnMeter();
  /** Reported beside answers: transcripts of what the user said. */
  private beside: UsageTokens = noTokens;
  private over = false;
  private draining = false;
  /** A turn is being paid: what comes meanwhile waits. */
  private paying = false;
  private fromClient: { data: Buffer; isBinary: boolean }[] = [];
  private fromUpstream: { data: Buffer; isBinary: boolean }[] = [];

  constructor(parts: SessionParts) { this.parts = parts; }

  start(): void {
    const { client, line } = this.parts;
    client.listen({ onMessage: (data, isBinary) => this.ask(data, isBinary), onClose: (code, reason) => this.clientClosed(code, reason) });
    if (!this.over) line.socket.listen({ onMessage: (data, isBinary) => this.answer(data, isBinary), onClose: (code, reason) => this.upstreamClosed(code, reason) });
  }

  /** Each few seconds: whoever may not speak any more is told so within a minute (RLY-10). */
  checkpoint(): void {
    const caller = this.parts.turns.recheck();
    if (caller instanceof Failure) return this.breakOff(caller);
    if (this.meter.isAnswering) this.parts.turns.checkpoint(this.meter.tokens);
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
    client.close(closeCodes.of(failure), failure.code);
  }

  private ask(data: Buffer, isBinary: boolean): void {
    if (this.over) return;
    if (this.paying) { this.fromClient.push({ data, isBinary }); return; }
    const { line, client, turns, id } = this.parts, fault = turns.fault(data);
    // The frame is all that is lost: as with any error of a client, the session goes on.
    if (fault) { client.send(errorFrame(fault, id), false); return; }
    this.meter.fromClient(data);
    line.socket.send(pinnedModel(data, line.upstreamModel), isBinary);
    if (line.socket.buffered > upstreamBytes) this.breakOff(new Failure('answer_cut', { say: 'The provider does not keep up.' }));
  }

  private answer(data: Buffer, isBinary: boolean): void {
    if (this.over) return;
    if (this.paying) { this.fromUpstream.push({ data, isBinary }); return; }
    const type = typeOf(data);
    this.meter.fromUpstream(data);
    if (type === 'response.created') this.parts.turns.answered();
    if (type?.endsWith('.delta') !== true) {
      const report = eventOf(data, done);
      if (report) { void this.pay(report, data); return; }
      this.noteBeside(eventOf(data, transcribed));
    }
    this.tell(data, isBinary);
  }

  private tell(data: Buffer, isBinary: boolean): void {
    const { client, line } = this.parts;
    client.send(data, isBinary);
    if (this.over || client.buffered <= clientBytes) return;
    line.socket.pause();
    client.drained(() => { if (!this.over && !this.paying) line.socket.resume(); });
  }

  /** The report reaches the client when the charge survives the process; the next turn begins when it can be paid. */
  private async pay(report: JsonObject, data: Buffer): Promise<void> {
    const { turns, line } = this.parts;
    this.paying = true;
    line.socket.pause();
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
    for (const { data, isBinary } of this.fromClient.splice(0)) this.ask(data, isBinary);
    const waiting = this.fromUpstream.splice(0);
    for (let index = 0; index < waiting.length; index++) {
      // An answer among them is paid before what comes after it.
      if (this.paying) { this.fromUpstream.unshift(...waiting.slice(index)); return; }
      this.answer(waiting[index]!.data, waiting[index]!.isBinary);
    }
    if (!this.paying && !this.over && this.parts.client.buffered <= clientBytes) this.parts.line.socket.resume();
  }

  private noteBeside(event: JsonObject | undefined): void {
    const usage = event?.['usage'];
    if (!isObject(usage)) return;
    const tokens = usage['type'] === 'duration' ? ofSeconds(usage['seconds']) : readEndpointUsage((name) => (name === 'usage' ? usage : undefined));
    if (tokens) this.beside = sum(this.beside, tokens);
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
    const { turns, onOver } = this.parts, used = sum(this.meter.tokens, this.beside);
    if (this.meter.isAnswering || this.beside.input + this.beside.output > 0) void turns.charge(used, 'ESTIMATED', end);
    else turns.release(end === 'CUT' ? 'NONE' : end, end === 'CUT' ? null : 'client_gone');
    onOver();
  }
}

/** Zeros are a report; nothing is none. */
function usageOf(response: Json | undefined): UsageTokens | undefined {
  return isObject(response) ? readEndpointUsage((name) => (name === 'usage' ? response['usage'] : undefined)) : undefined;
}

function sum(one: UsageTokens, other: UsageTokens): UsageTokens {
  if (other === noTokens) return one;
  return {
    input: one.input + other.input, cacheRead: one.cacheRead + other.cacheRead, cacheWrite: one.cacheWrite + other.cacheWrite,
    cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h, inputAudio: one.inputAudio + other.inputAudio, inputImage: one.inputImage + other.inputImage,
    output: one.output + other.output, outputAudio: one.outputAudio + other.outputAudio, reasoning: one.reasoning + other.reasoning,
  };
}
