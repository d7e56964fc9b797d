import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { Secret } from '../../kernel/scalars.ts';
import { UserError } from '../../kernel/words/user-error.ts';
import { StepUpMethod } from './step-up-method.ts';

@ObjectType({ description: 'The proof that this session has given.' })
export class StepUpState {
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null when there is none, or none any more.' })
  validUntil!: Date | null;

  @Field(() => [StepUpMethod], { description: 'What the caller can prove it with.' })
  methods!: StepUpMethod[];
}

@InputType()
export class StepUpInput {
  @Field(() => StepUpMethod)
  method!: StepUpMethod;

  @Field(() => String, { nullable: true, description: 'Six digits of the app, or a backup code.' })
  code?: string | null;

  @Field(() => Secret, { nullable: true })
  password?: string | null;
}

@ObjectType()
export class StepUpPayload {
  @Field(() => GraphQLISODateTime, { nullable: true })
  validUntil: Date | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(validUntil: Date | null, userErrors: UserError[] = []) {
    this.validUntil = validUntil;
    this.userErrors = userErrors;
  }
}
