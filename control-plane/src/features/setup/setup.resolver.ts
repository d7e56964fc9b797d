import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic } from '../../kernel/permission.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import type { SetupService } from './setup.service.ts';
import { SetupInput, SetupState } from './setup.type.ts';

@Resolver(() => SetupState)
export class SetupResolver {
  constructor(private readonly service: SetupService) {}

  @AllowPublic()
  @Directive('@rest(method: GET, path: "/api/setup", auth: [NONE], view: "LegacySetup")')
  @Query(() => SetupState)
  setup(@Ctx() ctx: RequestContext): Promise<SetupState> {
    return this.service.state(ctx);
  }

  @AllowPublic()
  @Directive(`@rest(method: POST, path: "/api/setup", auth: [NONE], envelope: MESSAGE, bind: [
    {from: "body.SelfUseModeEnabled", to: "input.selfUse"}, {from: "body.DemoSiteEnabled", to: "input.demo"}, {from: "body.confirmPassword", to: "input.confirmPassword"}])`)
  @Mutation(() => OkPayload, { description: 'Makes the root user. Once, and only from this machine or with the one-time token.' })
  setupComplete(@Ctx() ctx: RequestContext, @Arg('input', () => SetupInput) input: SetupInput): Promise<OkPayload> {
    return this.service.complete(ctx, input);
  }
}
