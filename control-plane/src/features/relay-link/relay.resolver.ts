import { Ctx, Query, Resolver } from 'type-graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import type { RelayRegistry } from './relay-registry.ts';
import { RelayStatus } from './relay-status.ts';

@Resolver(() => RelayStatus)
export class RelayResolver {
  constructor(private readonly registry: RelayRegistry) {}

  @Allow(Permission.SYSTEM_READ)
  @Query(() => [RelayStatus], { description: 'The relays of the last day, with the version that each serves.' })
  async relays(@Ctx() ctx: RequestContext): Promise<RelayStatus[]> {
    const [newest] = await sqlOf(ctx.em)<{ version: number; hash: string }>('select version, hash from snapshot_state');
    const now = ctx.clock.now().getTime();
    return (await this.registry.all()).map((state) => ({
      id: state.relayId, address: state.address, live: this.registry.isLive(state), seenAt: new Date(state.seenAt),
      ageMs: Math.min(Math.max(0, now - state.seenAt), 2_147_483_647), version: state.version, current: state.hash === newest?.hash,
      refusal: state.refusal ?? null, unshipped: state.unshipped,
    }));
  }
}
