/**
 * GraphQL over server-sent events, "distinct connections": POST /graphql/stream answers one operation as a stream of `next`
 * events and a last `complete` (graphql-design 12). For programs, and where a proxy cuts WebSockets.
 */
import { GraphQLError, OperationTypeNode, parse, subscribe, validate, type DocumentNode, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage, type OpenAnswer } from '../../kernel/http/http-message.ts';
import { admit, failure, type AdmittedOperation, type Gate } from '../http/admit.ts';
import { fromBody } from '../http/read-operation.ts';
import { executeInTime } from '../limits/execute-in-time.ts';
import { largestTokenCount } from '../limits/limits.ts';
import { identityOf, publicError, statusOf, toldOnce } from '../public-error.ts';
import type { SocketWatch } from '../socket/socket-watch.ts';
import { EventStream } from './event-stream.ts';

/** Each carries one operation, so a user may have more of them than sockets. */
const streamsPerUser = 20;

export interface StreamRoom extends Gate { watch: SocketWatch; log: Logger }

/** The parsed document, or an answer that says what is wrong with it. */
function readDocument({ schema, log }: StreamRoom, { query }: AdmittedOperation, context: RequestContext): DocumentNode | HttpAnswer {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: largestTokenCount });
  } catch (error) {
    return failure(context, 'GRAPHQL_PARSE_FAILED', error instanceof GraphQLError ? error.message : 'The document does not parse');
  }
  const errors = validate(schema, document).slice(0, 20).map((error) => publicError(error.toJSON(), error, log));
  return errors.length ? jsonAnswer(statusOf({ errors }), { errors }) : document;
}

const isStream = (result: unknown): result is AsyncGenerator<ExecutionResult> => typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

function isSubscription(document: DocumentNode, operationName: string | null | undefined): boolean {
  const operations = document.definitions.flatMap((definition) => ('operation' in definition ? [definition] : []));
  return operations.find(({ name }) => !operationName || name?.value === operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}

export function graphqlStream(room: StreamRoom): (message: HttpMessage, context: RequestContext) => Promise<HttpAnswer> {
  const shown = (result: ExecutionResult, context: RequestContext) => (result.errors ? { ...result, errors: toldOnce(result.errors.map((error) => publicError(error.toJSON(), error, room.log)), context) } : result);

  /** Pulls results as fast as the reader takes them. */
  async function pump(events: EventStream, results: AsyncGenerator<ExecutionResult>, context: RequestContext): Promise<void> {
    try {
      for await (const result of results) if (!(await events.next(shown(result, context)))) break;
    } catch (error) {
      const wrapped = new GraphQLError('A stream failed', { originalError: error instanceof Error ? error : new Error(String(error)) });
      await events.next({ errors: [{ ...publicError(wrapped.toJSON(), wrapped, room.log), extensions: { code: 'INTERNAL', ...identityOf(context) } }] });
    }
    events.complete();
  }

  async function serve(answer: OpenAnswer, args: ExecutionArgs, context: RequestContext, document: DocumentNode): Promise<void> {
    let results: AsyncGenerator<ExecutionResult> | undefined;
    const principal = context.principal!;
    const events = new EventStream(answer, () => { room.watch.remove(principal); void results?.return(undefined); });
    const end = (code: number, reason: string) => {
      void events.next({ errors: [{ message: reason, extensions: { code: code === 4429 ? 'THROTTLED' : 'UNAUTHENTICATED', ...identityOf(context) } }] });
      events.complete();
    };
    if (!room.watch.add(principal, end, streamsPerUser)) return;
    const result = isSubscription(document, args.operationName) ? await subscribe(args) : await executeInTime(room.bucket, args, context);
    if (!isStream(result)) {
      await events.next(shown(result, context));
      return events.complete();
    }
    results = result;
    if (!events.open) { await result.return(undefined); return; }
    return pump(events, result, context);
  }

  return async (message, context) => {
    if (message.method !== 'POST') return { ...failure(context, 'METHOD_NOT_ALLOWED', 'Streams take POST'), headers: [['allow', 'POST'], ['content-type', 'application/json; charset=utf-8']] };
    if (!message.headers.get('accept')?.includes('text/event-stream')) return jsonAnswer(406, { errors: [{ message: 'Accept must name text/event-stream', extensions: { code: 'BAD_REQUEST', ...identityOf(context) } }] });
    const operation = await admit(room, message, fromBody(message), context);
    if ('status' in operation) return operation;
    if (!context.principal || context.principal.credential === 'relay-key') return failure(context, 'UNAUTHENTICATED', 'Streams need a session, an access token or an integration key');
    const document = readDocument(room, operation, context);
    if ('status' in document) return document;
    const args: ExecutionArgs = { schema: room.schema, document, operationName: operation.operationName, variableValues: operation.variables, contextValue: context };
    return {
      status: 200, headers: [['content-type', 'text/event-stream; charset=utf-8'], ['cache-control', 'no-cache, no-transform'], ['x-accel-buffering', 'no']], body: '',
      stream: (answer) => { serve(answer, args, context, document).catch((error: unknown) => { room.log.error({ err: error }, 'a stream failed'); answer.end(); }); },
    };
  };
}
