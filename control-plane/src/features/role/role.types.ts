import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Permission } from '../../kernel/permission.ts';

export enum RoleName { USER = 'USER', ADMIN = 'ADMIN', ROOT = 'ROOT' }
registerEnumType(RoleName, {
  name: 'RoleName',
  valuesConfig: {
    USER: { description: 'What is theirs, and nothing else.' },
    ADMIN: { description: 'Runs the site, but for what decides about money and secrets.' },
    ROOT: { description: 'Everything. There is one, made at set-up.' },
  },
});

@ObjectType({ description: 'What somebody may do beside what is theirs. Built in: roles are neither made nor changed.' })
export class Role {
  @Field(() => RoleName)
  name!: RoleName;

  @Field(() => Int, { description: 'The number that users and the compatible API carry.' })
  legacyRole!: number;

  @Field(() => [Permission])
  permissions!: readonly Permission[];
}

@ObjectType()
export class PermissionInfo {
  @Field(() => Permission)
  permission!: Permission;

  @Field(() => String, { description: 'What it opens, in English.' })
  description!: string;

  @Field(() => Int, { description: 'The lowest role that holds it.' })
  legacyRole!: number;
}
