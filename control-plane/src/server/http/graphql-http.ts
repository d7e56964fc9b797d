/** GraphQL over HTTP: what is common to all doors (admit.ts), then Apollo. */
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { RequestContext } from '../../kernel/context.ts';
import type { HttpAnswer, HttpMessage } from '../../kernel/http/http-message.ts';
import { inTime, late, tooLate } from '../limits/in-time.ts';
import { admit, failure, refused, type AdmittedOperation, type Gate } from './admit.ts';
import { cacheHeaders } from './cacheable.ts';
import { fromBody, fromQuery } from './read-operation.ts';

export type GraphqlDoor = (message: HttpMessage, context: RequestContext) => Promise<HttpAnswer>;

const otherMethod = (context: RequestContext): HttpAnswer =>
  ({ ...failure(context, 'METHOD_NOT_ALLOWED', 'GraphQL takes POST and GET'), headers: [['allow', 'GET, POST'], ['content-type', 'application/json; charset=utf-8']] });

export function graphqlDoor(gate: Gate, apollo: ApolloServer<RequestContext>): GraphqlDoor {
  return async (message, context) => {
    if (message.method !== 'POST' && message.method !== 'GET') return otherMethod(context);
    if (message.method === 'GET' && message.headers.has('content-type')) return failure(context, 'BAD_REQUEST', 'A GET has no Content-Type');
    const asked = message.method === 'GET' ? fromQuery(message.query) : fromBody(message), admitted = await admit(gate, message, asked, context);
    return 'status' in admitted ? admitted : execute(apollo, message, admitted, { context, isKnown: typeof asked !== 'string' && asked.documentId !== undefined });
  };
}

/** Apollo reads a GET from its address, where a document's id may have stood. */
const searchOf = ({ query, operationName, variables }: AdmittedOperation): string =>
  `?${new URLSearchParams({ query, ...(operationName && { operationName }), ...(variables && { variables: JSON.stringify(variables) }) }).toString()}`;

/** Whose question it is, and whether its document was named by an id. */
interface Asking { context: RequestContext; isKnown: boolean }

async function execute(apollo: ApolloServer<RequestContext>, message: HttpMessage, asked: AdmittedOperation, { context, isKnown }: Asking): Promise<HttpAnswer> {
  const headers = new HeaderMap(message.headers);
  // Already decided above; Apollo asks the same of GET in its own words.
  headers.set('apollo-require-preflight', 'true');
  const answer = await inTime(() => apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: message.method, headers, search: message.method === 'GET' ? searchOf(asked) : '', body: asked },
    context: async () => context,
  }), context.cost?.timeMs);
  if (answer === late) return refused(context, tooLate(context.language));
  const body = answer.body.kind === 'complete' ? answer.body.string : '';
  const kept = message.method === 'GET' && isKnown ? cacheHeaders(asked.query, context, answer.status ?? 200) : [];
  const headersOut = [...[...answer.headers].filter(([name]) => name !== 'content-length' && !kept.some(([own]) => own === name)), ...kept];
  return { status: answer.status ?? 200, headers: headersOut, body };
}
