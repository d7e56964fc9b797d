/**
 * GraphQL over WebSocket (graphql-transport-ws). The caller is looked up at connect and again at each operation; a
 * watch ends the sockets of callers who are no longer who they were (SES-02, GQL-05).
 */
import { GraphQLError, parse, validate, type ExecutionArgs, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws';
import { makeBehavior, type Extra } from 'graphql-ws/use/uWebSockets';
import type { Logger } from 'pino';
import type { WebSocketBehavior } from 'uWebSockets.js';
import type { Principal, RequestContext } from '../../kernel/context.ts';
import { clientOf } from '../../kernel/http/client-name.ts';
import { charge } from '../limits/charge.ts';
import { checkDocument } from '../limits/check-document.ts';
import type { CostBucket } from '../limits/cost-bucket.ts';
import { executeInTime } from '../limits/execute-in-time.ts';
import { largestTokenCount, limitsFor, trustedLimits } from '../limits/limits.ts';
import type { TrustedDocuments } from '../limits/trusted-documents.ts';
import { identityOf, publicError, toldOnce } from '../public-error.ts';
import type { NewContext } from '../request-context.ts';
import type { SocketWatch } from './socket-watch.ts';

const largestMessage = 64 << 10;
const largestBacklog = 1 << 20;
const operationsPerSocket = 20;
/** As often a peer is asked whether it is there; one that does not answer before the next time is closed, and so is one that does not read. */
const pingMs = 10_000;

export interface SocketRoom {
  schema: GraphQLSchema;
  newContext: NewContext;
  watch: SocketWatch;
  addressOf: (peer: string, forwardedFor: string | undefined) => string;
  /** Origins besides the one that the request itself names as host. */
  origins: readonly string[];
  bucket: CostBucket;
  documents: TrustedDocuments;
  log: Logger;
}

type Socket = Context<Record<string, unknown> | undefined, Extra & { principal?: Principal }>;

/** A browser sends the cookie to whoever asks; only our own pages may use it. */
function isOwnOrigin(headers: ReadonlyMap<string, string>, origins: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origins.includes(origin) || new URL(origin).host === headers.get('host');
}

/** Clients write the names of headers as they like, some of them in an object of their own. */
function textsIn(params: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  const read = (given: unknown) => {
    if (typeof given !== 'object' || given === null) return;
    for (const [name, value] of Object.entries(given)) if (typeof value === 'string') texts.set(name.toLowerCase(), value);
  };
  read((params as { headers?: unknown } | null | undefined)?.headers);
  read(params);
  return texts;
}

function headersOf(socket: Socket): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(socket.extra.persistedRequest.headers)) headers.set(name, String(value));
  const given = textsIn(socket.connectionParams);
  for (const name of ['authorization', 'x-client-name']) if (given.has(name)) headers.set(name, given.get(name)!);
  const name = given.get('clientname');
  if (name !== undefined) headers.set('x-client-name', name);
  return headers;
}

async function contextFor(room: SocketRoom, socket: Socket): Promise<RequestContext> {
  const headers = headersOf(socket);
  const peer = Buffer.from(socket.extra.socket.getRemoteAddressAsText()).toString();
  return room.newContext({ headers, address: room.addressOf(peer, headers.get('x-forwarded-for')) });
}

async function onConnect(room: SocketRoom, socket: Socket): Promise<boolean> {
  const context = await contextFor(room, socket);
  const { principal } = context;
  if (!principal || principal.credential === 'relay-key') return false;
  if (principal.credential === 'session' && !isOwnOrigin(context.headers, room.origins)) return false;
  if (principal.credential === 'integration-key' && clientOf(context.headers) === undefined) return false;
  socket.extra.principal = principal;
  return room.watch.add(principal, (code, reason) => socket.extra.socket.end(code, reason));
}

/** The protocol wants a text and knows no id, so an id stands in the extensions, beside an empty text. */
function askedBy({ query, extensions }: SubscribePayload): { query: string } | { documentId: string } {
  const documentId = extensions?.documentId;
  return typeof documentId === 'string' && query === '' ? { documentId } : { query };
}

/** What keeps it from running, with the ids of its request. */
async function onSubscribe(room: SocketRoom, socket: Socket, payload: SubscribePayload): Promise<ExecutionArgs | GraphQLError[]> {
  // Before anything is waited for: those that come together are counted one by one.
  if (Object.keys(socket.subscriptions).length > operationsPerSocket) return [new GraphQLError(`A socket carries at most ${operationsPerSocket} operations`, { extensions: { code: 'THROTTLED', retryAfterMs: 1_000 } })];
  const context = await contextFor(room, socket), found = await prepare(room, socket, payload, context);
  return Array.isArray(found) ? found.map((error) => Object.assign(error, { extensions: { ...error.extensions, ...identityOf(context) } })) : found;
}

async function prepare(room: SocketRoom, socket: Socket, payload: SubscribePayload, context: RequestContext): Promise<ExecutionArgs | GraphQLError[]> {
  if (context.principal?.userId !== socket.extra.principal?.userId) return [new GraphQLError('Sign in again', { extensions: { code: 'UNAUTHENTICATED' } })];
  const known = await room.documents.textOf(context, askedBy(payload));
  if (known instanceof GraphQLError) return [known];
  const query = known.text;
  const measured = checkDocument(room.schema, { ...payload, query }, known.isOurs ? trustedLimits : limitsFor(true));
  if (measured instanceof GraphQLError) return [measured];
  const limited = await charge(room.bucket, context, measured);
  if (limited) return [limited];
  try {
    const document = parse(query, { maxTokens: largestTokenCount });
    const faults = validate(room.schema, document);
    if (faults.length) return [...faults];
    return { schema: room.schema, document, operationName: payload.operationName, variableValues: payload.variables, contextValue: context };
  } catch (error) {
    const message = error instanceof GraphQLError ? error.message : 'The document does not parse';
    return [new GraphQLError(message, { extensions: { code: 'GRAPHQL_PARSE_FAILED' } })];
  }
}

export function graphqlSockets(room: SocketRoom): WebSocketBehavior<unknown> {
  const shown = (errors: readonly GraphQLError[]): GraphQLFormattedError[] => errors.map((error) => publicError(error.toJSON(), error, room.log));
  const options: ServerOptions<Record<string, unknown> | undefined, Extra & { principal?: Principal }> = {
    connectionInitWaitTimeout: 10_000,
    onConnect: (socket) => onConnect(room, socket),
    onClose: (socket) => room.watch.remove(socket.extra.principal),
    onSubscribe: (socket, _id, payload) => onSubscribe(room, socket, payload),
    execute: (args) => executeInTime(room.bucket, args, args.contextValue as RequestContext),
    onError: (_socket, _id, _payload, errors) => shown(errors),
    onNext: (_socket, _id, _payload, args, result) => (result.errors ? { ...result, errors: toldOnce(shown(result.errors), args.contextValue as RequestContext) } : undefined),
  };
  return makeBehavior({ ...options, isProd: true }, { maxPayloadLength: largestMessage, maxBackpressure: largestBacklog, closeOnBackpressureLimit: true, idleTimeout: 60 }, pingMs);
}
