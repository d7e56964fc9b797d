import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.ts';
import { connectionOf } from '../../kernel/list/page.ts';
import { Int64, Quota } from '../../kernel/scalars.ts';
import { typedId } from '../../kernel/typed-id.ts';
import type { LogRecord } from './log-record.ts';
import { logTypes, type LogDetail } from './log-row.ts';
import { LogType } from './log.inputs.ts';

const typeOf = new Map<number, LogType>(Object.values(LogType).map((type) => [logTypes[type], type]));

@ObjectType({ implements: Node, description: 'A row of the log. Names are those that user, token and channel had when it was written.' })
export class Log {
  constructor(readonly record: LogRecord) {}

  get detail(): LogDetail | null { return this.record.detail; }

  @Field(() => ID)
  id(): string { return typedId('log', this.record.seq); }

  @Field(() => Int64)
  legacyId(): bigint { return BigInt(this.record.seq); }

  @Field(() => Int64, { description: 'Grows in the order of commits.' })
  sequence(): bigint { return BigInt(this.record.seq); }

  @Field(() => GraphQLISODateTime)
  at(): Date { return this.record.at; }

  @Field(() => LogType)
  type(): LogType { return typeOf.get(this.record.type) ?? LogType.SYSTEM; }

  @Field(() => Int64)
  userId(): bigint { return BigInt(this.record.userId); }

  @Field(() => ID, { description: 'Typed id of the user.' })
  userRef(): string { return typedId('user', this.record.userId); }

  @Field(() => String)
  username(): string { return this.record.username; }

  @Field(() => Int64, { description: '0: none.' })
  tokenId(): bigint { return BigInt(this.record.tokenId); }

  @Field(() => ID, { nullable: true, description: 'Typed id of the token; null: none.' })
  tokenRef(): string | null { return this.record.tokenId > 0 ? typedId('token', this.record.tokenId) : null; }

  @Field(() => String)
  tokenName(): string { return this.record.tokenName; }

  @Field(() => Int64, { nullable: true })
  channelId(): bigint | null { return this.record.channelId === null ? null : BigInt(this.record.channelId); }

  @Field(() => String)
  group(): string { return this.record.group; }

  @Field(() => String, { description: 'As the client named it.' })
  model(): string { return this.record.model; }

  @Field(() => String, { nullable: true, description: 'As the channel names it, when that differs.' })
  mappedModel(): string | null { return this.record.upstreamModel === this.record.model ? null : this.record.upstreamModel; }

  @Field(() => String, { nullable: true, description: 'Dialect of the client.' })
  dialect(): string | null { return this.record.dialect; }

  @Field(() => String, { nullable: true, description: 'Path of the request.' })
  endpoint(): string | null { return this.record.path; }

  @Field(() => Boolean)
  stream(): boolean { return this.record.stream; }

  @Field(() => Int)
  durationMs(): number { return this.record.durationMs; }

  @Field(() => Int, { nullable: true, description: 'To the first byte that the client got.' })
  firstTokenMs(): number | null { return this.record.firstByteMs; }

  @Field(() => Float, { nullable: true, description: 'Output tokens in a second, from the first byte on.' })
  tokensPerSecond(): number | null {
    const { completionTokens, durationMs, firstByteMs } = this.record, spanMs = durationMs - (firstByteMs ?? 0);
    return completionTokens > 0 && spanMs > 0 ? Math.round((completionTokens * 10_000) / spanMs) / 10 : null;
  }

  @Field(() => Int, { nullable: true, description: 'HTTP status that the client saw; 499 when it had left.' })
  httpStatus(): number | null { return this.record.status; }

  @Field(() => String, { nullable: true, description: 'Failure code of the relay.' })
  errorCode(): string | null { return this.record.failure; }

  @Field(() => String, { nullable: true })
  requestId(): string | null { return this.record.requestId; }

  @Field(() => String, { nullable: true, description: 'Only where the instance records it.' })
  ip(): string | null { return this.record.ip; }

  @Field(() => Int)
  promptTokens(): number { return this.record.promptTokens; }

  @Field(() => Int)
  completionTokens(): number { return this.record.completionTokens; }

  @Field(() => Quota)
  quota(): bigint { return this.record.quota; }

  @Field(() => String)
  content(): string { return this.record.content; }
}

export const LogConnection = connectionOf('Log', () => Log);
