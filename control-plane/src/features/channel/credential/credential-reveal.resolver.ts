import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.ts';
import { Allow, Permission } from '../../../kernel/permission.ts';
import { StepUp } from '../../../kernel/step-up.ts';
import type { CredentialRevealService } from './credential-reveal.service.ts';
import { CredentialRevealPayload } from './credential-reveal.types.ts';

@Resolver()
export class CredentialRevealResolver {
  constructor(private readonly service: CredentialRevealService) {}

  @Allow(Permission.CHANNEL_KEY_REVEAL)
  @StepUp({ strict: true })
  @Directive('@rest(method: POST, path: "/api/channel/{id}/key", rate: CRITICAL, view: "LegacyRevealedKey", bind: [{from: "path.id", to: "channelId"}])')
  @Mutation(() => CredentialRevealPayload, { description: 'The plain credentials of a channel. Each call is in the log.' })
  channelKeyReveal(
    @Ctx() ctx: RequestContext,
    @Arg('channelId', () => ID) channelId: string,
    @Arg('credentialIds', () => [ID], { nullable: true, description: 'Left out: all of the channel.' }) credentialIds: string[] | null,
  ): Promise<CredentialRevealPayload> {
    return this.service.reveal(ctx, channelId, credentialIds ?? null);
  }
}
