/** The client's end of a WebSocket, within the limits of RLY-10: frames, messages and bytes a second, what waits to leave, silence. */
import type { WebSocket, WebSocketBehavior } from 'uWebSockets.js';
import type { MessageSocket, SocketTaker } from '../upstream/upstream.ts';
import type { Seat } from '../trace/roster.ts';
import type { CoarseClock, Ticking } from './coarse-clock.ts';
import { MessageRate } from './message-rate.ts';
import type { SocketReading } from './socket-reading.ts';

const frameBytes = 16 << 20, waitingBytes = 1 << 20;
const idleSeconds = 120, pingMs = 30_000;
/** RFC 6455 7.4.1. */
const policyViolation = 1_008;

/** uWebSockets.js copies the members of what it is given. */
export interface SocketData { readonly client: ClientSocket }

export class ClientSocket implements MessageSocket, Ticking {
  private socket: WebSocket<SocketData> | undefined;
  private taker: SocketTaker | undefined;
  private readonly clock: CoarseClock;
  private readonly reading: SocketReading<SocketData>;
  private readonly onOver: () => void;
  private readonly rate: MessageRate;
  private pingedAt: number;
  private early: { data: Buffer; isBinary: boolean }[] = [];
  private onDrain: (() => void) | undefined;
  private paused = false;
  private readonly seat: Seat<Ticking>;

  /** @param onOver once, when the socket is closed */
  constructor(clock: CoarseClock, reading: SocketReading<SocketData>, onOver: () => void) {
    this.clock = clock;
    this.reading = reading;
    this.onOver = onOver;
    this.rate = new MessageRate(clock.now);
    this.pingedAt = clock.now;
    this.seat = clock.add(this);
  }

  get buffered(): number { return this.socket?.getBufferedAmount() ?? 0; }

  send(data: Buffer, isBinary: boolean): void {
    // 2: more waits already than may wait. What was dropped cannot be made good.
    if (this.socket?.send(data, isBinary) === 2) this.close(policyViolation, 'The messages are not read fast enough.');
  }

  ping(): void { this.socket?.ping(); }

  close(code: number, reason: string): void {
    // Paused, it would not see the client go.
    this.resume();
    this.socket?.end(code, reason);
  }

  pause(): void {
    this.paused = true;
    if (this.socket) this.reading.pause(this.socket);
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    if (this.socket) this.reading.resume(this.socket);
    // The answer to a ping brings back the patience of a WebSocket where nothing else comes.
    this.pingedAt = 0;
  }

  listen(taker: SocketTaker): void {
    this.taker = taker;
    for (const { data, isBinary } of this.early.splice(0)) taker.onMessage(data, isBinary);
  }

  /** Calls back once when everything that was sent has left. */
  drained(callback: () => void): void { this.onDrain = callback; }

  tick(now: number): void {
    if (now - this.pingedAt < pingMs) return;
    this.pingedAt = now;
    this.ping();
  }

  opened(socket: WebSocket<SocketData>): void { this.socket = socket; }

  left(): void {
    const { onDrain } = this;
    this.onDrain = undefined;
    onDrain?.();
  }

  received(message: ArrayBuffer, isBinary: boolean): void {
    if (!this.rate.take(message.byteLength, this.clock.now)) return this.close(policyViolation, 'Too many messages.');
    // The bytes are uWebSockets.js' own and gone after this call.
    const data = Buffer.from(new Uint8Array(message));
    // Reading begins anew where something could be sent in part only.
    if (this.paused && this.socket) this.reading.pause(this.socket);
    if (this.taker) this.taker.onMessage(data, isBinary); else this.early.push({ data, isBinary });
  }

  closed(code: number, reason: ArrayBuffer): void {
    this.socket = undefined;
    this.clock.remove(this.seat);
    this.onDrain = undefined;
    this.taker?.onClose(code, Buffer.from(reason).toString('utf8'));
    this.onOver();
  }
}

/** Compression is off unless it is asked for. @param upgrade takes the requests that ask for a WebSocket */
export const socketBehaviour = (upgrade: NonNullable<WebSocketBehavior<SocketData>['upgrade']>): WebSocketBehavior<SocketData> => ({
  maxPayloadLength: frameBytes, maxBackpressure: waitingBytes, idleTimeout: idleSeconds, sendPingsAutomatically: false,
  upgrade,
  open: (socket) => socket.getUserData().client.opened(socket),
  message: (socket, message, isBinary) => socket.getUserData().client.received(message, isBinary),
  drain: (socket) => { if (socket.getBufferedAmount() === 0) socket.getUserData().client.left(); },
  close: (socket, code, reason) => socket.getUserData().client.closed(code, reason),
});
