import { Field, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../../kernel/words/user-error.ts';
import { PrefillGroup, PrefillType } from './prefill-group.entity.ts';

@InputType({ description: 'What is absent stays as it is.' })
export class PrefillGroupPatch {
  @Field(() => String, { nullable: true, description: 'Unique, 1 to 64 characters.' })
  name?: string | null;

  @Field(() => PrefillType, { nullable: true })
  type?: PrefillType | null;

  @Field(() => String, { nullable: true, description: 'JSON text: a list of texts; of endpoints also an object, type to path.' })
  items?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 255 characters.' })
  description?: string | null;
}

@ObjectType()
export class PrefillGroupPayload {
  @Field(() => PrefillGroup, { nullable: true })
  prefillGroup: PrefillGroup | null;

  @Field(() => [UserError])
  userErrors: UserError[];

  constructor(prefillGroup: PrefillGroup | null, userErrors: UserError[] = []) {
    this.prefillGroup = prefillGroup;
    this.userErrors = userErrors;
  }
}
