import { Arg, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import { ChannelStatus } from '../channel.entity.ts';
import { multiKeyRoutes } from './credential-rest.ts';
import type { CredentialService } from './credential.service.ts';
import { ChannelCredentialPage, ChannelCredentialsPayload, CredentialAction } from './credential.types.ts';
import type { Credentials } from './credentials.ts';
import { listCredentials } from './list-credentials.ts';

@Resolver()
export class CredentialResolver {
  constructor(private readonly service: CredentialService, private readonly credentials: Credentials) {}

  @Allow(Permission.CHANNEL_READ)
  @Directive(multiKeyRoutes.status)
  @Query(() => ChannelCredentialPage, { description: 'For channels with several credentials; `Channel.credentials` has them all at once.' })
  channelCredentials(
    @Ctx() ctx: RequestContext,
    @Arg('channelId', () => ID) channelId: string,
    @Arg('status', () => ChannelStatus, { nullable: true }) status: ChannelStatus | null,
    @Arg('page', () => Int, { defaultValue: 1, description: 'From 1.' }) page: number,
    @Arg('pageSize', () => Int, { defaultValue: 50, description: 'At most 500.' }) pageSize: number,
  ) {
    return listCredentials(ctx, this.credentials, { channelId, status: status ?? null, page, pageSize });
  }

  @Allow(Permission.CHANNEL_WRITE)
  @Directive(multiKeyRoutes.enable)
  @Directive(multiKeyRoutes.disable)
  @Directive(multiKeyRoutes.delete)
  @Directive(multiKeyRoutes.enableAll)
  @Directive(multiKeyRoutes.disableAll)
  @Directive(multiKeyRoutes.deleteDisabled)
  @Directive(multiKeyRoutes.unknown)
  @Mutation(() => ChannelCredentialsPayload, { description: 'Relays stop using a credential that is switched off or deleted as soon as they hear of it. The last one cannot be deleted.' })
  channelCredentialsUpdate(
    @Ctx() ctx: RequestContext,
    @Arg('channelId', () => ID) channelId: string,
    @Arg('action', () => CredentialAction, { nullable: true, description: 'Refused without.' }) action: CredentialAction | null,
    @Arg('ids', () => [ID], { nullable: true }) ids: string[] | null,
    @Arg('positions', () => [Int], { nullable: true, description: 'Places in the list, from 0, beside or instead of ids.' }) positions: number[] | null,
    @Arg('reason', () => String, { nullable: true, description: 'Why it is switched off, at most 500 characters.' }) reason: string | null,
  ) {
    return this.service.change(ctx, channelId, { action: action ?? null, ids: ids ?? null, positions: positions ?? null, reason: reason ?? null });
  }
}
