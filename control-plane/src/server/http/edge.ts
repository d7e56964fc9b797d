/** The sockets. The only importer of uWebSockets.js; everything behind it sees values (kernel/http/http-message.ts). */
import { STATUS_CODES } from 'node:http';
import { _cfg, App, us_listen_socket_close, us_socket_local_port, type HttpRequest, type HttpResponse, type us_listen_socket, type WebSocketBehavior } from 'uWebSockets.js';
import { jsonAnswer, type HttpAnswer, type HttpMessage, type OpenAnswer } from '../../kernel/http/http-message.ts';
import type { FrontDoor } from './front-door.ts';

declare module 'uWebSockets.js' {
  interface TemplatedApp {
    /** With listen options: the binding takes them, its types leave them out. */
    listen(host: string, port: number, options: number, callback: (socket: us_listen_socket | false) => void): TemplatedApp;
  }
  /** Undocumented: this number leaves out the header that names the server and its version. */
  export function _cfg(code: string): void;
}
_cfg('999999990007');

/** LIBUS_LISTEN_EXCLUSIVE_PORT: a second server on the port is refused instead of taking half the connections. */
const exclusivePort = 1;
const largestBody = 1 << 20;

export interface EdgeOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  door: FrontDoor;
  sockets: WebSocketBehavior<unknown>;
  addressOf: (peer: string, forwardedFor: string | undefined) => string;
}

export interface Edge {
  port: number;
  /** Takes no new connections, waits for answers under way (at most `patienceMs`), then closes every socket. */
  stop(patienceMs: number): Promise<void>;
}

interface Peer { gone: boolean; left?: () => void }

function readHead(request: HttpRequest, response: HttpResponse, options: EdgeOptions): HttpMessage {
  const headers = new Map<string, string>();
  request.forEach((name, value) => { headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value); });
  const peer = Buffer.from(response.getRemoteAddressAsText()).toString();
  return {
    method: request.getMethod().toUpperCase(), path: request.getUrl().replace(/\/{2,}/g, '/'), query: request.getQuery() ?? '',
    headers, body: Buffer.alloc(0), address: options.addressOf(peer, headers.get('x-forwarded-for')),
  };
}

/** Resolves to the body; undefined when the caller went away or sent too much (answered here). */
function readBody(response: HttpResponse, peer: Peer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.onAborted(() => { peer.gone = true; peer.left?.(); resolve(undefined); });
    response.onData((chunk, isLast) => {
      size += chunk.byteLength;
      if (size > largestBody) {
        if (!peer.gone) send(response, jsonAnswer(413, { success: false, message: `A body has at most ${largestBody} bytes`, errors: [{ message: `A body has at most ${largestBody} bytes`, extensions: { code: 'DOCUMENT_TOO_LARGE' } }] }), true);
        peer.gone = true;
        resolve(undefined);
        return;
      }
      chunks.push(Buffer.from(Buffer.from(chunk)));      // copied: the memory is taken back after this call
      if (isLast) resolve(Buffer.concat(chunks));
    });
  });
}

function send(response: HttpResponse, answer: HttpAnswer, close = false, isHead = false): void {
  response.cork(() => {
    response.writeStatus(`${answer.status} ${STATUS_CODES[answer.status] ?? ''}`);
    for (const [name, value] of answer.headers) response.writeHeader(name, value);
    if (isHead) response.endWithoutBody(Buffer.byteLength(answer.body), close);
    else response.end(answer.body, close);
  });
}

/** Past this a reader is waited for. */
const patientBytes = 256 << 10;
/** A reader that takes nothing for so long is given up. */
const slowestMs = 30_000;

function openAnswer(response: HttpResponse, peer: Peer): OpenAnswer {
  let sent = 0, wake: (() => void) | undefined;
  response.onWritable(() => { wake?.(); return true; });
  return {
    write(chunk) {
      if (peer.gone) return false;
      let isTaken = true;
      response.cork(() => { isTaken = response.write(chunk); });
      sent = isTaken ? 0 : sent + Buffer.byteLength(chunk);
      return isTaken || sent < patientBytes;
    },
    drained: () => new Promise((resolve) => {
      if (peer.gone) return resolve(false);
      const timer = setTimeout(() => { wake = undefined; resolve(false); }, slowestMs);
      wake = () => { clearTimeout(timer); wake = undefined; resolve(!peer.gone); };
    }),
    end() {
      if (peer.gone) return;
      peer.gone = true;
      response.cork(() => { response.end(); });
    },
    abort() {
      if (!peer.gone) response.close();
    },
    onGone(callback) { peer.left = () => { wake?.(); callback(); }; },
  };
}

function sendOpen(response: HttpResponse, { status, headers, stream }: HttpAnswer, peer: Peer): void {
  response.cork(() => {
    response.writeStatus(`${status} ${STATUS_CODES[status] ?? ''}`);
    for (const [name, value] of headers) response.writeHeader(name, value);
  });
  stream!(openAnswer(response, peer));
}

function listen(app: ReturnType<typeof App>, { host, port }: EdgeOptions): Promise<us_listen_socket> {
  return new Promise((resolve, reject) => {
    app.listen(host, port, exclusivePort, (socket) => {
      if (socket) resolve(socket);
      else reject(new Error(`Port ${port} on ${host} is taken: stop what uses it, or set WEIR_CONTROL_PORT`));
    });
  });
}

/** Opens the port. Rejects with one sentence when it is taken. */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const app = App();
  let underWay = 0;
  let whenIdle: (() => void) | undefined;
  const serve = async (response: HttpResponse, request: HttpRequest): Promise<void> => {
    const peer: Peer = { gone: false };
    const head = readHead(request, response, options);   // before the first await: `request` is dead afterwards
    underWay++;
    const body = await readBody(response, peer);
    if (body) {
      const answer = await options.door({ ...head, body });
      if (!peer.gone && answer.stream) sendOpen(response, answer, peer);
      else if (!peer.gone) send(response, answer, false, head.method === 'HEAD');
    }
    if (--underWay === 0) whenIdle?.();
  };
  app.ws('/graphql/ws', options.sockets);
  app.any('/*', (response, request) => { void serve(response, request); });
  const socket = await listen(app, options);
  return {
    port: us_socket_local_port(socket),
    async stop(patienceMs) {
      us_listen_socket_close(socket);
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, patienceMs);
          whenIdle = () => { clearTimeout(timer); resolve(); };
        });
      }
      app.close();
    },
  };
}
