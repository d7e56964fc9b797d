/** Refusals that a form can show: typed, several at once, in the payload (graphql-design 7, lane A). */
import { Field, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../node.ts';
import { Decimal, Int64, Quota } from '../scalars.ts';
import type { MessageCode } from './messages.ts';

export enum UserErrorCode {
  INVALID = 'INVALID', REQUIRED = 'REQUIRED', TOO_LONG = 'TOO_LONG', TOO_SHORT = 'TOO_SHORT', OUT_OF_RANGE = 'OUT_OF_RANGE',
  TAKEN = 'TAKEN', NOT_FOUND = 'NOT_FOUND', CONFLICT = 'CONFLICT', IMMUTABLE = 'IMMUTABLE', IN_USE = 'IN_USE',
  LIMIT_REACHED = 'LIMIT_REACHED', INSUFFICIENT_QUOTA = 'INSUFFICIENT_QUOTA', EXPIRED = 'EXPIRED', DISABLED = 'DISABLED',
  NOT_ALLOWED = 'NOT_ALLOWED', UPSTREAM_FAILED = 'UPSTREAM_FAILED', UNSUPPORTED = 'UNSUPPORTED',
  IDEMPOTENCY_KEY_REQUIRED = 'IDEMPOTENCY_KEY_REQUIRED', IDEMPOTENCY_KEY_REUSED = 'IDEMPOTENCY_KEY_REUSED',
}
registerEnumType(UserErrorCode, { name: 'UserErrorCode', description: 'Stable words for programs; `message` is for people.' });

@InterfaceType({ description: 'A refusal that follows from a rule of the product. `message` speaks the caller\'s language; never parse it.' })
export abstract class UserError {
  @Field(() => UserErrorCode)
  code: UserErrorCode;

  @Field(() => String)
  message: string;

  @Field(() => [String], { nullable: true, description: 'Where in the arguments, for example ["input", "models", "3"].' })
  path?: string[] | null;

  @Field(() => String, { description: 'Which refusal it is, finer than `code`: the stable word that the compatible API answers as `code`.' })
  reason: MessageCode;

  constructor(code: UserErrorCode, reason: MessageCode, message: string, path?: string[]) {
    this.code = code;
    this.reason = reason;
    this.message = message;
    this.path = path ?? null;
  }
}

@ObjectType({ implements: UserError })
export class PlainError extends UserError {}

@ObjectType({ implements: UserError })
export class ValidationError extends UserError {
  @Field(() => Decimal, { nullable: true })
  min?: string;

  @Field(() => Decimal, { nullable: true })
  max?: string;

  @Field(() => [String], { nullable: true })
  allowed?: string[];
}

@ObjectType({ implements: UserError })
export class ConflictError extends UserError {
  @Field(() => Int64, { nullable: true })
  currentVersion?: bigint;

  @Field(() => Node, { nullable: true, description: 'As it is now, to show both or to try again; null where it is no node, as with lists.' })
  current?: object | null;
}

@ObjectType({ implements: UserError })
export class QuotaError extends UserError {
  @Field(() => Quota, { nullable: true })
  available?: bigint;

  @Field(() => Quota, { nullable: true })
  required?: bigint;
}

@ObjectType({ description: 'Outcome of a mutation that has nothing else to say.' })
export class OkPayload {
  @Field(() => Boolean)
  ok: boolean;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(userErrors: UserError[] = []) {
    this.ok = userErrors.length === 0;
    this.userErrors = userErrors;
  }
}

@ObjectType({ description: 'Outcome of a deletion, with the id that caches may evict.' })
export class DeletePayload {
  @Field(() => String, { nullable: true })
  deletedId?: string | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(deletedId: string | null, userErrors: UserError[] = []) {
    this.deletedId = deletedId;
    this.userErrors = userErrors;
  }
}
