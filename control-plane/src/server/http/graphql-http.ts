/** GraphQL over HTTP: checks of the request, the document guard, then Apollo. */
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage } from '../../kernel/http-message.ts';
import { say } from '../../kernel/messages.ts';
import { charge, rateHeaders } from '../limits/charge.ts';
import { checkDocument, type Operation } from '../limits/check-document.ts';
import type { CostBucket } from '../limits/cost-bucket.ts';
import { limitsFor } from '../limits/limits.ts';
import { statusOf } from '../public-error.ts';

const failure = (context: RequestContext, code: string, message: string): HttpAnswer => {
  const errors = [{ message, extensions: { code, requestId: context.requestId } }];
  return jsonAnswer(statusOf({ errors }), { errors });
};

type Asked = Operation & { extensions?: unknown };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The request as the specification words it; text that says what is wrong otherwise. */
function readOperation(value: unknown): Asked | string {
  if (Array.isArray(value)) return 'Batches are not taken: send one operation';
  if (!isRecord(value)) return 'The body must be a JSON object with the member query';
  const { query, operationName, variables } = value;
  if (typeof query !== 'string' || query === '') return 'The member query must be a GraphQL document, as text';
  if (operationName != null && typeof operationName !== 'string') return 'The member operationName must be text';
  if (variables != null && !isRecord(variables)) return 'The member variables must be an object';
  return { query, ...(operationName && { operationName }), ...(variables && { variables }) };
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function fromQuery(query: string): Asked | string {
  const search = new URLSearchParams(query);
  const text = search.get('variables');
  const variables = text === null ? { value: undefined } : parseJson(text);
  if (!variables) return 'The parameter variables must be JSON';
  return readOperation({ query: search.get('query'), operationName: search.get('operationName'), variables: variables.value });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function fromBody(message: HttpMessage): Asked | string {
  const type = message.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;\s*charset=utf-?8\s*)?$/i.test(type)) return 'Content-Type must be application/json';
  let text: string;
  try {
    text = utf8.decode(message.body);
  } catch {
    return 'The body is not UTF-8';
  }
  const parsed = parseJson(text);
  return parsed ? readOperation(parsed.value) : 'The body is not JSON';
}

/** A cookie travels by itself, so a change also needs a header that a form of another site cannot send (SES-03). */
function lacksGuard(message: HttpMessage, context: RequestContext): boolean {
  return context.principal?.credential === 'session' && !message.headers.has('x-requested-with') && !message.headers.has('new-api-user');
}

export type GraphqlDoor = (message: HttpMessage, context: RequestContext) => Promise<HttpAnswer>;

/** What the guard or the bucket said. */
function refused(context: RequestContext, { extensions, message }: GraphQLError): HttpAnswer {
  const answer = failure(context, String(extensions.code), message), { retryAfterMs } = extensions;
  const wait: [string, string][] = typeof retryAfterMs === 'number' ? [['retry-after', String(Math.ceil(retryAfterMs / 1_000))]] : [];
  return { ...answer, headers: [...answer.headers, ...wait, ...rateHeaders(context)] };
}

export function graphqlDoor(schema: GraphQLSchema, apollo: ApolloServer<RequestContext>, bucket: CostBucket): GraphqlDoor {
  return async (message, context) => {
    if (message.method !== 'POST' && message.method !== 'GET') return { ...failure(context, 'METHOD_NOT_ALLOWED', 'GraphQL takes POST and GET'), headers: [['allow', 'GET, POST'], ['content-type', 'application/json; charset=utf-8']] };
    if (message.method === 'GET' && message.headers.has('content-type')) return failure(context, 'BAD_REQUEST', 'A GET has no Content-Type');
    const asked = message.method === 'GET' ? fromQuery(message.query) : fromBody(message);
    if (typeof asked === 'string') return failure(context, 'BAD_REQUEST', asked);
    if (context.credentialFault) return failure(context, 'UNAUTHENTICATED', say(context.credentialFault, context.language));
    if (lacksGuard(message, context)) return failure(context, 'CSRF_REQUIRED', 'A request with the session cookie needs the header X-Requested-With or New-Api-User');
    const measured = checkDocument(schema, asked, limitsFor(context.principal !== undefined));
    if (measured instanceof GraphQLError) return refused(context, measured);
    const limited = await charge(bucket, context, measured);
    if (limited) return refused(context, limited);
    return execute(apollo, message, asked, context);
  };
}

async function execute(apollo: ApolloServer<RequestContext>, message: HttpMessage, asked: Asked, context: RequestContext): Promise<HttpAnswer> {
  const headers = new HeaderMap(message.headers);
  // Already decided above; Apollo asks the same of GET in its own words.
  headers.set('apollo-require-preflight', 'true');
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: message.method, headers, search: message.query ? `?${message.query}` : '', body: asked },
    context: async () => context,
  });
  const body = answer.body.kind === 'complete' ? answer.body.string : '';
  const headersOut = [...answer.headers].filter(([name]) => name !== 'content-length');
  return { status: answer.status ?? 200, headers: headersOut, body };
}
