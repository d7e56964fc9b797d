import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { Int64 } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { GroupImpact } from '../group/group-impact.ts';
import { PriceImpact } from '../price/price.types.ts';
import { OptionKind } from './option-spec.ts';

@ObjectType()
export class Option {
  @Field(() => String)
  key!: string;

  @Field(() => String, { description: 'The area that it belongs to.' })
  section!: string;

  @Field(() => OptionKind)
  kind!: OptionKind;

  @Field(() => String, { description: 'Always text: numbers, true and false, and JSON as they are written.' })
  value!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Boolean, { description: 'Of a secret: whether none is stored.' })
  atDefault!: boolean;

  @Field(() => Boolean, { description: 'Its value is never told: `value` is empty.' })
  secret!: boolean;

  @Field(() => GraphQLISODateTime, { nullable: true })
  updatedAt?: Date | null;
}

@InputType()
export class OptionInput {
  @Field(() => String)
  key!: string;

  @Field(() => String, { description: 'Empty leaves a secret as it is.' })
  value!: string;
}

@ObjectType()
export class OptionsPayload {
  @Field(() => [Option], { description: 'The written options as they now stand.' })
  options!: Option[];

  @Field(() => [PriceImpact], { description: 'Prices that change, model by model: of the options that hold prices.' })
  affected!: PriceImpact[];

  @Field(() => [GroupImpact], { description: 'Ratios of groups that change, and what that does to spending: of the options that hold ratios.' })
  affectedGroups!: GroupImpact[];

  @Field(() => Int64, { nullable: true, description: 'Version of the list after this; null when it was refused. Of a dry run: what it would be.' })
  version?: number | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
