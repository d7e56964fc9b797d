import { Field, GraphQLISODateTime, ID, InputType } from 'type-graphql';

@InputType({ description: 'All fields must match.' })
export class OwnAuditFilter {
  @Field(() => [String], { nullable: true, description: 'Names of mutations.' })
  actions?: string[] | null;

  @Field(() => String, { nullable: true, description: 'An id that was named or changed.' })
  target?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From this instant on.' })
  since?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Before this instant.' })
  until?: Date | null;

  @Field(() => Boolean, { nullable: true })
  ok?: boolean | null;
}

@InputType({ description: 'All fields must match.' })
export class AuditFilter extends OwnAuditFilter {
  @Field(() => [ID], { nullable: true })
  actorIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Credentials, see AuditEvent.via.' })
  via?: string[] | null;
}
