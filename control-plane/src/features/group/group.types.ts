import { Field, InputType, ObjectType } from 'type-graphql';
import { Decimal, Int64 } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { Group } from './group.entity.ts';
import { GroupImpact } from './group-impact.ts';

@InputType()
export class GroupInput {
  @Field(() => String)
  name!: string;

  @Field(() => Decimal, { nullable: true, description: 'Absent: as it is, or 1 for a new group.' })
  ratio?: string | null;

  @Field(() => Boolean, { nullable: true })
  selectable?: boolean | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType()
export class GroupsPatch {
  @Field(() => [GroupInput], { nullable: true })
  upsert?: GroupInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Refused while users, keys or channels still use the group.' })
  delete?: string[] | null;
}

@ObjectType()
export class GroupsPayload {
  @Field(() => [Group], { description: 'All groups, by name; of a dry run, as they would be.' })
  groups!: Group[];

  @Field(() => [GroupImpact], { description: 'Ratios that change, and what that does to spending; ordered by group.' })
  affected!: GroupImpact[];

  @Field(() => Int64, { nullable: true, description: 'Version of the list after this; null when it was refused. Of a dry run: what it would be.' })
  version?: number | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@ObjectType({ description: 'A name that a key of the caller may have as its group.' })
export class GroupChoice {
  @Field(() => String)
  name!: string;

  @Field(() => Decimal, { nullable: true, description: 'For the caller; null for `auto`: that of the group that serves.' })
  ratio!: string | null;

  @Field(() => String)
  description!: string;
}
