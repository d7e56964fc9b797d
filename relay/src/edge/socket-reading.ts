/**
 * Makes the sender of a WebSocket wait. uWebSockets.js has pause and resume for responses alone, but a response and a WebSocket are one
 * kind of socket beneath, and the two methods touch nothing else of what they are called on (docs/decisions/0011-realtime.md). The
 * test of realtime sessions holds that for the version that is installed.
 */
import type { HttpResponse, WebSocket } from 'uWebSockets.js';

export interface SocketReading<Data> {
  /** What was read in the same turn of the loop still comes: up to some megabytes. */
  pause(socket: WebSocket<Data>): void;
  /** Leaves the socket with the patience of a response, about ten seconds, until something comes. */
  resume(socket: WebSocket<Data>): void;
}

/** @param response any one of the same server: only its methods are used */
export function readingOf<Data>(response: HttpResponse): SocketReading<Data> {
  return { pause: (socket) => response.pause.call(socket), resume: (socket) => response.resume.call(socket) };
}
