import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Secret } from '../../kernel/scalars.ts';

export enum SetupMode { PUBLIC = 'PUBLIC', SELF_USE = 'SELF_USE', DEMO = 'DEMO' }
registerEnumType(SetupMode, {
  name: 'SetupMode',
  description: 'What the instance is for.',
  valuesConfig: { SELF_USE: { description: 'Models without a price may be used.' }, DEMO: { description: 'Clients are told that this is a demonstration.' } },
});

@ObjectType({ description: 'Whether the instance has been set up.' })
export class SetupState {
  @Field(() => Boolean)
  done!: boolean;

  @Field(() => Boolean, { description: 'A root user exists.' })
  rootExists!: boolean;

  @Field(() => String)
  databaseType!: string;

  @Field(() => Boolean, { description: 'Whether this caller needs the one-time token, because they are on another machine.' })
  tokenNeeded!: boolean;
}

@InputType()
export class SetupInput {
  @Field(() => String, { description: '1 to 12 characters.' })
  username!: string;

  @Field(() => Secret, { description: '8 to 128 characters.' })
  password!: string;

  @Field(() => Secret, { nullable: true, description: 'The password again; not compared when absent.' })
  confirmPassword?: string | null;

  @Field(() => SetupMode, { nullable: true })
  mode?: SetupMode | null;

  @Field(() => Boolean, { nullable: true, description: 'As mode SELF_USE, in the words of the REST form.' })
  selfUse?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'As mode DEMO, in the words of the REST form.' })
  demo?: boolean | null;

  @Field(() => Secret, { nullable: true, description: 'The one-time token of the link that is printed at start.' })
  token?: string | null;
}
