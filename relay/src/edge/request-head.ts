/** What is copied from a request while uWebSockets.js still owns it, and whether its framing can be trusted. */
import type { HttpRequest } from 'uWebSockets.js';
import type { RequestHeaders } from '../pipeline/exchange.ts';
import { hopHeader } from '../pipeline/entry/hops.ts';

const noHeaders: ReadonlyMap<string, string> = new Map();

/** Lists that came in several headers are one list. */
function allOf(request: Pick<HttpRequest, 'forEach'>): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  request.forEach((name, value) => all.set(name, all.has(name) ? `${all.get(name)}, ${value}` : value));
  return all;
}

/** Fixed fields instead of a map: filled in one walk over the headers, and the engine knows its shape. */
export class RequestHead implements RequestHeaders {
  authorization = '';
  apiKey = '';
  googApiKey = '';
  midjourneySecret = '';
  webSocketProtocol = '';
  webSocketKey = '';
  webSocketExtensions = '';
  anthropicVersion = '';
  contentEncoding = '';
  contentType = '';
  clientRequestId = '';
  acceptLanguage = '';
  /** A page in a browser asks. */
  origin = '';
  forwardedFor = '';
  hops = 0;
  /** Announced body length; −1: chunked; 0: none. */
  bodyBytes = 0;
  /** The message could be cut in two ways: 400 and the connection ends (RLY-03). */
  ambiguous = false;
  all: ReadonlyMap<string, string> = noHeaders;
  private passing: Map<string, string> | undefined;
  private lengths = 0;
  private codings = 0;

  /** @param keepAll rules of channels speak of headers: every one is kept */
  constructor(request: Pick<HttpRequest, 'forEach'>, keepAll: boolean) {
    request.forEach((name, value) => this.take(name, value));
    if (keepAll) this.all = allOf(request);
    if (this.lengths > 1 || this.codings > 1 || (this.lengths > 0 && this.codings > 0)) this.ambiguous = true;
  }

  /** What is still asked for when the answer has begun: its language. Streams live long, and keys are best forgotten. */
  spent(): RequestHead { return this.acceptLanguage === '' ? nobody : this; }

  get hasPassed(): boolean { return this.passing !== undefined; }

  passed(name: string): string { return this.passing?.get(name) ?? ''; }

  /** Lists that came in several headers are one list. */
  private pass(name: string, value: string): void {
    const before = this.passing?.get(name);
    (this.passing ??= new Map()).set(name, before === undefined ? value : `${before},${value}`);
  }

  private take(name: string, value: string): void {
    switch (name) {
      case 'authorization': this.authorization = value; break;
      case 'content-length': this.lengths++; this.bodyBytes = Number(value); break;
      case 'transfer-encoding': this.takeCoding(value); break;
      case 'x-api-key': this.apiKey = value; break;
      case 'x-goog-api-key': this.googApiKey = value; break;
      case 'mj-api-secret': this.midjourneySecret = value; break;
      case 'sec-websocket-protocol': this.webSocketProtocol = value; break;
      case 'sec-websocket-key': this.webSocketKey = value; break;
      case 'sec-websocket-extensions': this.webSocketExtensions = value; break;
      case 'anthropic-version': this.anthropicVersion = value; this.pass(name, value); break;
      case 'anthropic-beta': case 'openai-beta': case 'idempotency-key': case 'x-goog-api-client': this.pass(name, value); break;
      case 'content-type': this.contentType = value; break;
      case 'content-encoding': this.contentEncoding = value; break;
      case 'x-request-id': case 'x-client-request-id': this.clientRequestId = value; break;
      case hopHeader: this.hops = /^\d{1,3}$/.test(value) ? Number(value) : 0; break;
      case 'x-forwarded-for': this.forwardedFor = this.forwardedFor === '' ? value : `${this.forwardedFor},${value}`; break;
      case 'accept-language': this.acceptLanguage = value; break;
      case 'origin': this.origin = value; break;
      default: break;
    }
  }

  /** uWebSockets.js reads a chunked body whatever stands before `chunked`: only the plain form leaves no doubt. */
  private takeCoding(value: string): void {
    this.codings++;
    this.bodyBytes = -1;
    if (value.trim().toLowerCase() !== 'chunked') this.ambiguous = true;
  }
}

const nobody = new RequestHead({ forEach: () => undefined }, false);
