/** What stands before every GraphQL operation over HTTP, streamed or not: who asks, for what, how dear it is. */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage } from '../../kernel/http/http-message.ts';
import { clientOf } from '../../kernel/http/client-name.ts';
import { say } from '../../kernel/words/messages.ts';
import { roles } from '../../kernel/permission.ts';
import { charge, rateHeaders } from '../limits/charge.ts';
import { checkDocument, type Operation } from '../limits/check-document.ts';
import { costTable } from '../limits/cost-table.ts';
import type { CostBucket } from '../limits/cost-bucket.ts';
import { limitsFor, trustedLimits } from '../limits/limits.ts';
import type { TrustedDocuments } from '../limits/trusted-documents.ts';
import { identityOf, statusOf } from '../public-error.ts';
import type { Asked } from './read-operation.ts';

export interface Gate { schema: GraphQLSchema; bucket: CostBucket; documents: TrustedDocuments }

/** An operation that may run, with its text. */
export type AdmittedOperation = Operation;

export function failure(context: RequestContext, code: string, message: string): HttpAnswer {
  const errors = [{ message, extensions: { code, ...identityOf(context) } }];
  return jsonAnswer(statusOf({ errors }), { errors });
}

/** Programs outlive the people who wrote them: whoever reads the list of keys must see what still calls (graphql-design 19). */
const lacksName = ({ principal, headers }: RequestContext): boolean => principal?.credential === 'integration-key' && clientOf(headers) === undefined;

/** A cookie travels by itself, so a change also needs a header that a form of another site cannot send (SES-03). */
const lacksGuard = (message: HttpMessage, context: RequestContext): boolean =>
  context.principal?.credential === 'session' && !message.headers.has('x-requested-with') && !message.headers.has('new-api-user');

const isAskedForTable = ({ headers }: HttpMessage, { principal }: RequestContext): boolean =>
  headers.get('x-cost-debug') === '1' && principal !== undefined && principal.credential !== 'integration-key' && principal.role >= roles.admin;

/** What the guard or the bucket said. */
export function refused(context: RequestContext, { extensions, message }: GraphQLError): HttpAnswer {
  const answer = failure(context, String(extensions.code), message), { retryAfterMs } = extensions;
  const wait: [string, string][] = typeof retryAfterMs === 'number' ? [['retry-after', String(Math.ceil(retryAfterMs / 1_000))]] : [];
  return { ...answer, headers: [...answer.headers, ...wait, ...rateHeaders(context)] };
}

/** @param asked what was read from the request, or what is wrong with it */
export async function admit({ schema, bucket, documents }: Gate, message: HttpMessage, asked: Asked | string, context: RequestContext): Promise<AdmittedOperation | HttpAnswer> {
  if (typeof asked === 'string') return failure(context, 'BAD_REQUEST', asked);
  if (context.credentialFault) return failure(context, 'UNAUTHENTICATED', say(context.credentialFault, context.language));
  if (lacksName(context)) return failure(context, 'BAD_REQUEST', 'An integration key says which program calls: send the header X-Client-Name, and X-Client-Version if you like');
  if (lacksGuard(message, context)) return failure(context, 'CSRF_REQUIRED', 'A request with the session cookie needs the header X-Requested-With or New-Api-User');
  const known = await documents.textOf(context, asked);
  if (known instanceof GraphQLError) return refused(context, known);
  const { documentId: _id, query: _text, ...rest } = asked, operation = { ...rest, query: known.text };
  const measured = checkDocument(schema, operation, known.isOurs ? trustedLimits : limitsFor(context.principal !== undefined));
  if (measured instanceof GraphQLError) return refused(context, measured);
  const limited = await charge(bucket, context, measured);
  if (context.cost && isAskedForTable(message, context)) context.cost.paths = costTable(schema, operation);
  return limited ? refused(context, limited) : operation;
}
