import { GraphQLError } from 'graphql';
import type { RequestContext } from '../context.ts';
import { say } from './messages.ts';
import type { Limited } from '../rate-limits.ts';

/** The request-level error of an empty bucket: 429 over HTTP. */
export const throttled = (ctx: RequestContext, { retryAfterMs }: Limited): GraphQLError =>
  new GraphQLError(say('too_many_requests', ctx.language), { extensions: { code: 'THROTTLED', retryAfterMs } });
