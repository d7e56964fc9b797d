import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, AllowPublic, AllowSelf, Permission } from '../../kernel/permission.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { SessionPayload } from '../session/session.payloads.ts';
import { StepUpPayload } from '../step-up/step-up.types.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { passkeyRoutes } from './passkey-rest.ts';
import type { PasskeyUseService } from './passkey-use.service.ts';
import { Passkey } from './passkey.entity.ts';
import type { PasskeyService } from './passkey.service.ts';
import { PasskeyChallengePayload, PasskeyPayload, PasskeyResponseInput } from './passkey.types.ts';

@Resolver(() => Viewer)
export class PasskeyResolver {
  constructor(private readonly service: PasskeyService, private readonly uses: PasskeyUseService) {}

  @AllowSelf()
  @Directive(passkeyRoutes.list)
  @FieldResolver(() => [Passkey], { description: 'The newest first.' })
  passkeys(@Ctx() ctx: RequestContext): Promise<Passkey[]> {
    return this.service.list(ctx, callerOf(ctx).userId);
  }

  @AllowPublic()
  @Directive(passkeyRoutes.signInBegin)
  @Mutation(() => PasskeyChallengePayload)
  sessionPasskeyBegin(@Ctx() ctx: RequestContext): Promise<PasskeyChallengePayload> {
    return this.uses.signInBegin(ctx);
  }

  @AllowPublic()
  @Directive(passkeyRoutes.signInFinish)
  @Mutation(() => SessionPayload, { description: 'Signs in; no second step follows.' })
  sessionPasskeyFinish(@Ctx() ctx: RequestContext, @Arg('input', () => PasskeyResponseInput) input: PasskeyResponseInput): Promise<SessionPayload> {
    return this.uses.signInFinish(ctx, input.response);
  }

  @AllowSelf()
  @StepUp()
  @Directive(passkeyRoutes.registerBegin)
  @Mutation(() => PasskeyChallengePayload)
  passkeyRegisterBegin(@Ctx() ctx: RequestContext): Promise<PasskeyChallengePayload> {
    return this.service.begin(ctx);
  }

  @AllowSelf()
  @Directive(passkeyRoutes.registerFinish)
  @Mutation(() => PasskeyPayload, { description: 'Signs the caller out everywhere else.' })
  passkeyRegisterFinish(
    @Ctx() ctx: RequestContext,
    @Arg('input', () => PasskeyResponseInput) input: PasskeyResponseInput,
    @Arg('name', () => String, { defaultValue: '', description: 'To recognise it, at most 64 characters.' }) name: string,
    @Arg('replace', () => Boolean, { defaultValue: false, description: 'In the place of all earlier ones.' }) replace: boolean,
  ): Promise<PasskeyPayload> {
    return this.service.finish(ctx, input.response, { name, replace });
  }

  @AllowSelf()
  @Directive(passkeyRoutes.verifyBegin)
  @Mutation(() => PasskeyChallengePayload)
  passkeyVerifyBegin(@Ctx() ctx: RequestContext): Promise<PasskeyChallengePayload> {
    return this.uses.verifyBegin(ctx);
  }

  @AllowSelf()
  @Directive(passkeyRoutes.verifyFinish)
  @Mutation(() => StepUpPayload, { description: 'Proves who is there, as stepUpVerify does.' })
  passkeyVerifyFinish(@Ctx() ctx: RequestContext, @Arg('input', () => PasskeyResponseInput) input: PasskeyResponseInput): Promise<StepUpPayload> {
    return this.uses.verifyFinish(ctx, input.response);
  }

  @AllowSelf()
  @StepUp()
  @Directive(passkeyRoutes.delete)
  @Mutation(() => OkPayload, { description: 'Removes one of the caller\'s passkeys, or all when none is named.' })
  passkeyDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID, { nullable: true }) id: string | null): Promise<OkPayload> {
    return this.service.delete(ctx, id ?? null);
  }

  @Allow(Permission.USER_WRITE)
  @StepUp()
  @Directive(passkeyRoutes.reset)
  @Mutation(() => OkPayload, { description: 'Removes all passkeys of somebody who has lost theirs, and signs them out everywhere.' })
  userPasskeyReset(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<OkPayload> {
    return this.service.reset(ctx, id);
  }
}
