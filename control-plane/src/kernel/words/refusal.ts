import type { RequestContext } from '../context.ts';
import { say, type MessageCode } from './messages.ts';
import { ConflictError, PlainError, UserErrorCode, ValidationError, type UserError } from './user-error.ts';

/** A refusal in the caller's language. */
export const refusal = (ctx: RequestContext, code: UserErrorCode, message: MessageCode, path?: string[]): PlainError =>
  new PlainError(code, message, say(message, ctx.language), path);

/** Someone else's row looks exactly like one that never was (AUT-02). */
export const notFound = (ctx: RequestContext, path = ['id']): PlainError => refusal(ctx, UserErrorCode.NOT_FOUND, 'not_found', path);

/**
 * Refuses when the caller saw an older version; undefined when they may go on, also when they named none.
 *
 * @param row what it is the version of, where the caller may read it: shown with the refusal
 */
export function staleVersion(ctx: RequestContext, current: number, expected: bigint | null | undefined, row?: object): ConflictError | undefined {
  if (expected == null || expected === BigInt(current)) return undefined;
  const conflict = new ConflictError(UserErrorCode.CONFLICT, 'version_conflict', say('version_conflict', ctx.language), ['expectedVersion']);
  conflict.currentVersion = BigInt(current);
  conflict.current = row ?? null;
  return conflict;
}

/** Collects what a form has to say, so that all of it is shown at once. */
export class Refusals {
  readonly list: UserError[] = [];

  constructor(private readonly ctx: RequestContext) {}

  /** Notes a refusal when `holds` is false; `bounds` tells the form what would fit. */
  unless(holds: boolean, message: MessageCode, path: string[], code = UserErrorCode.INVALID, bounds: Pick<ValidationError, 'min' | 'max' | 'allowed'> = {}): void {
    if (!holds) this.list.push(Object.assign(new ValidationError(code, message, say(message, this.ctx.language), path), bounds));
  }

  get any(): boolean { return this.list.length > 0; }
}
