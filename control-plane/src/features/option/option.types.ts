import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../kernel/user-error.ts';
import { OptionKind } from './option-spec.ts';

@ObjectType()
export class Option {
  @Field(() => String)
  key!: string;

  @Field(() => OptionKind)
  kind!: OptionKind;

  @Field(() => String, { description: 'Always text: numbers, true and false, and JSON as they are written.' })
  value!: string;

  @Field(() => String)
  description!: string;

  @Field(() => Boolean)
  isDefault!: boolean;

  @Field(() => GraphQLISODateTime, { nullable: true })
  updatedAt?: Date | null;
}

@InputType()
export class OptionInput {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType()
export class OptionsPayload {
  @Field(() => [Option], { description: 'The written options as they now stand.' })
  options!: Option[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}
