import { Field, ObjectType } from 'type-graphql';
import { Json } from '../../kernel/scalars.ts';

@ObjectType({ description: 'One row that was changed. Secrets are shown as ***.' })
export class AuditChange {
  @Field(() => String)
  table!: string;

  @Field(() => String, { description: 'Its number, or its name where that is the key.' })
  row!: string;

  @Field(() => Json, { nullable: true, description: 'Null for a new row; of a changed one, the columns that differ.' })
  before!: Record<string, unknown> | null;

  @Field(() => Json, { nullable: true, description: 'Null for a deleted row.' })
  after!: Record<string, unknown> | null;
}
