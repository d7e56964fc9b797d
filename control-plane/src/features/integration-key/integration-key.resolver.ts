import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { Allow, Permission } from '../../kernel/permission.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { IntegrationKey } from './integration-key.entity.ts';
import type { IntegrationKeyService } from './integration-key.service.ts';
import { IntegrationKeyInput, IntegrationKeyPayload } from './integration-key.types.ts';

@Resolver(() => IntegrationKey)
export class IntegrationKeyResolver {
  constructor(private readonly keys: IntegrationKeyService) {}

  @Allow(Permission.INTEGRATION_READ)
  @Query(() => [IntegrationKey], { description: 'The newest first, revoked ones too.' })
  integrationKeys(@Ctx() ctx: RequestContext): Promise<IntegrationKey[]> {
    return this.keys.list(ctx);
  }

  @Allow(Permission.INTEGRATION_WRITE)
  @StepUp()
  @Mutation(() => IntegrationKeyPayload, { description: 'Makes a key for a program. It is shown once.' })
  integrationKeyCreate(@Ctx() ctx: RequestContext, @Arg('input', () => IntegrationKeyInput) input: IntegrationKeyInput): Promise<IntegrationKeyPayload> {
    return this.keys.create(ctx, input);
  }

  @Allow(Permission.INTEGRATION_WRITE)
  @Mutation(() => OkPayload, { description: 'Ends a key for good.' })
  integrationKeyRevoke(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<OkPayload> {
    return this.keys.revoke(ctx, id);
  }
}
