/** A route below /api that no GraphQL field can express: a redirect, a payment notice. Each lives in a small folder of its feature. */
import type { RequestContext } from '../context.ts';
import type { HttpAnswer, HttpMessage } from './http-message.ts';

export interface RawRoute {
  method: 'GET' | 'POST';
  /** Exact; a final slash makes no difference. */
  path: string;
  /** CRITICAL draws on the bucket of sign-ins. */
  rate: 'NORMAL' | 'CRITICAL';
  /** Sees the bytes as they came. Cookies go into the context, as everywhere. */
  handle(message: HttpMessage, context: RequestContext): Promise<HttpAnswer>;
}
