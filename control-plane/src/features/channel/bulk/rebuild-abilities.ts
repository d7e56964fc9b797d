/**
 * Abilities (group × model × channel) are no table here: relays compute them from the channels of their picture. So a rebuild
 * sends every channel anew.
 */
import { Field, Int, ObjectType } from 'type-graphql';
import { sqlOf } from '../../../database/sql.ts';
import type { RequestContext } from '../../../kernel/context.ts';
import { UserError } from '../../../kernel/words/user-error.ts';

@ObjectType()
export class AbilitiesRebuildPayload {
  @Field(() => Int, { description: 'Channels that relays get anew.' })
  rebuilt: number;

  @Field(() => [UserError])
  userErrors: UserError[] = [];

  constructor(rebuilt: number) {
    this.rebuilt = rebuilt;
  }
}

export async function rebuildAbilities({ em }: RequestContext): Promise<AbilitiesRebuildPayload> {
  const [told] = await sqlOf(em)<{ count: number }>(
    `with told as (insert into snapshot_change (kind, key) select 'channel', id::text from channel order by channel.id returning 1) select count(*)::int as count from told`);
  return new AbilitiesRebuildPayload(told!.count);
}
