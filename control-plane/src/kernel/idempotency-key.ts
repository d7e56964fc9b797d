/** Keys that make a repeat of a money mutation harmless (graphql-design 10). */
import type { RequestContext } from './context.ts';
import { refusal } from './words/refusal.ts';
import { UserErrorCode, type PlainError } from './words/user-error.ts';

const longestKey = 128;

/** Undefined when the key may be used. */
export const refuseKey = (ctx: RequestContext, key: string): PlainError | undefined =>
  (key.length <= longestKey && /^[\x21-\x7e]+$/.test(key) ? undefined : refusal(ctx, UserErrorCode.IDEMPOTENCY_KEY_REQUIRED, 'idempotency_key_required', ['idempotencyKey']));
