/** Where each path goes. Knows no sockets: a test calls it as the server does. */
import type { Logger } from 'pino';
import { isDatabaseAway } from '../../database/is-away.ts';
import { limitKey } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage } from '../../kernel/http/http-message.ts';
import { languageOf } from '../../kernel/words/messages.ts';
import type { InFlight } from '../../kernel/http/in-flight.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { tooMany } from '../../rest/answer.ts';
import type { GraphqlDoor } from './graphql-http.ts';
import { isDiscovery, type Discovery } from './discovery.ts';
import { isExplorer, type Explorer } from '../explorer/explorer.ts';
import type { Health } from './health.ts';
import type { NewContext } from '../request-context.ts';
import { requestIdOf } from './request-id.ts';
import type { RestMount } from './rest-mount.ts';
import { traceIdOf, traceparentOf } from './trace.ts';
import { secured } from './security-headers.ts';

export interface Rooms {
  newContext: NewContext;
  graphql: GraphqlDoor;
  stream: GraphqlDoor;
  discovery: Discovery;
  explorer: Explorer;
  rest: RestMount;
  /** An answer that needs to know nothing of the caller. */
  ready: (message: HttpMessage) => HttpAnswer | undefined;
  console: (message: HttpMessage) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;
  health: Health;
  limits: RateLimits;
  inFlight: InFlight;
  /** After this a request is answered without its result. */
  patienceMs: number;
  /** Undefined: cookies are for this host alone. */
  cookieDomain?: string | undefined;
  /** Whether people reach us over TLS. */
  isTls: boolean;
  log: Logger;
}

export type FrontDoor = (message: HttpMessage) => Promise<HttpAnswer>;

const reserved = /^\/(api|graphql|v1|v1beta)(\/|$)/;

const unknownUrl = (message: HttpMessage): HttpAnswer =>
  jsonAnswer(404, { error: { message: `Invalid URL (${message.method} ${message.path.slice(0, 200)})`, type: 'invalid_request_error', param: '', code: '' } });

/** With a domain the sub-domains share the session (management-api 2.2). */
function withCookies(answer: HttpAnswer, { cookies }: RequestContext, { cookieDomain }: Rooms): HttpAnswer {
  const domain = cookieDomain === undefined ? '' : `; Domain=${cookieDomain}`;
  return { ...answer, headers: [...answer.headers, ...cookies.map((cookie): [string, string] => ['set-cookie', `${cookie}${domain}`])] };
}

async function route(rooms: Rooms, message: HttpMessage, named: HttpMessage): Promise<HttpAnswer> {
  const { path } = message;
  if (path === '/livez') return rooms.health.live();
  if (path === '/readyz') return rooms.health.ready();
  if (path === '/graphql' || path === '/graphql/stream') {
    const context = await rooms.newContext(named);
    return withCookies(await (path === '/graphql' ? rooms.graphql : rooms.stream)(named, context), context, rooms);
  }
  if (isExplorer(path)) return rooms.explorer(message, await rooms.newContext(named));
  if (isDiscovery(path)) return rooms.discovery(message, await rooms.newContext(named));
  if (path === '/api' || path.startsWith('/api/')) {
    const limited = await rooms.limits.take('api', limitKey(message.address));
    if (limited) return tooMany(limited, { language: languageOf(message.headers.get('accept-language')) });
    const ready = rooms.ready(message);
    if (ready) return ready;
    const context = await rooms.newContext(named);
    const answer = await rooms.rest(named, context);
    return answer ? withCookies(answer, context, rooms) : unknownUrl(message);
  }
  return (reserved.test(path) ? undefined : await rooms.console(message)) ?? unknownUrl(message);
}

/** Ends the wait, not the work: a database that hangs must not hold every socket with it. */
async function inTime(work: Promise<HttpAnswer>, patienceMs: number, requestId: string): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HttpAnswer>((resolve) => {
    const body = { success: false, message: 'This took too long', errors: [{ message: 'This took too long', extensions: { code: 'TIMEOUT', requestId } }] };
    timer = setTimeout(() => resolve(jsonAnswer(504, body)), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Never rejects: what breaks is logged with the request id and answered as 500. */
export function frontDoor(rooms: Rooms): FrontDoor {
  return (message) => rooms.inFlight.during(async () => {
    const requestId = requestIdOf(message.headers), traceparent = traceparentOf(message.headers);
    const named = { ...message, headers: new Map([...message.headers, ['x-request-id', requestId], ['traceparent', traceparent]]) };
    try {
      return secured(await inTime(route(rooms, message, named), rooms.patienceMs, requestId), { requestId, traceparent }, rooms.isTls);
    } catch (error) {
      const isAway = isDatabaseAway(error);
      rooms.log[isAway ? 'warn' : 'error']({ err: error, requestId, traceId: traceIdOf(named.headers), path: message.path }, 'a request failed');
      const [status, text, code] = isAway ? [503, 'The database cannot be reached, try again', 'UNAVAILABLE'] as const : [500, 'Server error', 'INTERNAL'] as const;
      const body = { success: false, message: text, errors: [{ message: text, extensions: { code, requestId } }] };
      return secured(jsonAnswer(status, body), { requestId, traceparent }, rooms.isTls);
    }
  });
}
