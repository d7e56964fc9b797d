/** What the subscription `logTail` sends. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Int64 } from '../../../kernel/scalars.ts';
import { Log } from '../log.type.ts';

export enum LogScopeName { SELF = 'SELF', ANY = 'ANY' }
registerEnumType(LogScopeName, { name: 'LogScope', description: "Whose rows. ANY needs LOG_READ_ANY." });

@ObjectType({ description: 'New rows in the order of commits: at most 50, at most one frame in 200 ms.' })
export class LogBatch {
  @Field(() => [Log])
  logs!: Log[];

  @Field(() => String, { description: 'Send it back as `after` to go on from here.' })
  cursor!: string;

  @Field(() => Int, { description: 'Age of the newest row, in milliseconds.' })
  lagMs!: number;
}

@ObjectType({ description: 'Rows that were left out here: too many for the limit, too many for the reader, or too old to replay.' })
export class LogGap {
  @Field(() => Int, { description: 'How many; counting ends at 10,001.' })
  dropped!: number;

  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;

  @Field(() => Int64, { description: 'With sequenceTo a LogFilter that fetches what was left out.' })
  sequenceFrom!: bigint;

  @Field(() => Int64)
  sequenceTo!: bigint;
}

@ObjectType({ description: 'Every 10 seconds without rows: everything up to the cursor has been looked at.' })
export class LogHeartbeat {
  @Field(() => String)
  cursor!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;
}

export const LogTailEvent = createUnionType({ name: 'LogTailEvent', types: () => [LogBatch, LogGap, LogHeartbeat] as const });
export type TailEvent = LogBatch | LogGap | LogHeartbeat;
