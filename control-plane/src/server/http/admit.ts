/** What stands before every GraphQL operation over HTTP, streamed or not: who asks, for what, how dear it is. */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { jsonAnswer, type HttpAnswer, type HttpMessage } from '../../kernel/http/http-message.ts';
import { say } from '../../kernel/words/messages.ts';
import { charge, rateHeaders } from '../limits/charge.ts';
import { checkDocument, type Operation } from '../limits/check-document.ts';
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

/** A cookie travels by itself, so a change also needs a header that a form of another site cannot send (SES-03). */
const lacksGuard = (message: HttpMessage, context: RequestContext): boolean =>
  context.principal?.credential === 'session' && !message.headers.has('x-requested-with') && !message.headers.has('new-api-user');

/** What the guard or the bucket said. */
function refused(context: RequestContext, { extensions, message }: GraphQLError): HttpAnswer {
  const answer = failure(context, String(extensions.code), message), { retryAfterMs } = extensions;
  const wait: [string, string][] = typeof retryAfterMs === 'number' ? [['retry-after', String(Math.ceil(retryAfterMs / 1_000))]] : [];
  return { ...answer, headers: [...answer.headers, ...wait, ...rateHeaders(context)] };
}

/** @param asked what was read from the request, or what is wrong with it */
export async function admit({ schema, bucket, documents }: Gate, message: HttpMessage, asked: Asked | string, context: RequestContext): Promise<AdmittedOperation | HttpAnswer> {
  if (typeof asked === 'string') return failure(context, 'BAD_REQUEST', asked);
  if (context.credentialFault) return failure(context, 'UNAUTHENTICATED', say(context.credentialFault, context.language));
  if (lacksGuard(message, context)) return failure(context, 'CSRF_REQUIRED', 'A request with the session cookie needs the header X-Requested-With or New-Api-User');
  const query = await documents.textOf(context, asked);
  if (query instanceof GraphQLError) return refused(context, query);
  const { documentId, query: _text, ...rest } = asked, operation = { ...rest, query };
  const measured = checkDocument(schema, operation, documentId === undefined ? limitsFor(context.principal !== undefined) : trustedLimits);
  if (measured instanceof GraphQLError) return refused(context, measured);
  const limited = await charge(bucket, context, measured);
  return limited ? refused(context, limited) : operation;
}
