import { Field, GraphQLISODateTime, ID, InputType } from 'type-graphql';
import { TaskStatus } from './task.entity.ts';

@InputType({ description: 'All fields must match, the values of a list by OR.' })
export class OwnTaskFilter {
  @Field(() => String, { nullable: true })
  taskId?: string | null;

  @Field(() => [String], { nullable: true })
  platforms?: string[] | null;

  @Field(() => [String], { nullable: true })
  actions?: string[] | null;

  @Field(() => [TaskStatus], { nullable: true })
  statuses?: TaskStatus[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Submitted from this instant on.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Submitted up to and with this instant.' })
  to?: Date | null;
}

@InputType({ description: 'All fields must match, the values of a list by OR.' })
export class TaskFilter extends OwnTaskFilter {
  @Field(() => ID, { nullable: true })
  userId?: string | null;

  @Field(() => ID, { nullable: true })
  channelId?: string | null;
}

@InputType({ description: 'All fields must match, the values of a list by OR.' })
export class OwnDrawingFilter {
  @Field(() => String, { nullable: true })
  mjId?: string | null;

  @Field(() => [String], { nullable: true })
  statuses?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Submitted from this instant on.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Submitted up to and with this instant.' })
  to?: Date | null;
}

@InputType({ description: 'All fields must match, the values of a list by OR.' })
export class DrawingFilter extends OwnDrawingFilter {
  @Field(() => ID, { nullable: true })
  userId?: string | null;

  @Field(() => ID, { nullable: true })
  channelId?: string | null;
}
