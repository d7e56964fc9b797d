import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { AllowPublic, AllowSelf } from '../../kernel/permission.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { Session } from './session.entity.ts';
import { LoginInput, TwoFactorCodeInput } from './session.inputs.ts';
import type { SecondStep } from './second-step.ts';
import { AccessTokenPayload, SessionPayload } from './session.payloads.ts';
import type { SessionService } from './session.service.ts';
import type { SignInService } from './sign-in.service.ts';

@Resolver(() => Session)
export class SessionResolver {
  constructor(private readonly signIns: SignInService, private readonly secondStep: SecondStep, private readonly sessions: SessionService) {}

  @AllowPublic()
  @Directive('@rest(method: POST, path: "/api/user/login", auth: [NONE], rate: CRITICAL, view: "LegacyLogin", bind: [{from: "query.turnstile", to: "input.captcha"}])')
  @Mutation(() => SessionPayload, { description: 'Signs in and sets the session cookie.' })
  sessionCreate(@Ctx() ctx: RequestContext, @Arg('input', () => LoginInput) input: LoginInput): Promise<SessionPayload> {
    return this.signIns.signIn(ctx, input);
  }

  @AllowPublic()
  @Directive('@rest(method: POST, path: "/api/user/login/2fa", auth: [NONE], rate: CRITICAL, view: "LegacyLogin")')
  @Mutation(() => SessionPayload, { description: 'The second step of a sign-in that asked for it, in the same browser.' })
  sessionVerifyTwoFactor(@Ctx() ctx: RequestContext, @Arg('input', () => TwoFactorCodeInput) input: TwoFactorCodeInput): Promise<SessionPayload> {
    return this.secondStep.finish(ctx, input.code);
  }

  @AllowPublic()
  @Directive('@rest(method: GET, path: "/api/user/logout", auth: [NONE, SESSION], sideEffect: true, envelope: MESSAGE)')
  @Mutation(() => OkPayload, { description: 'Ends the session of the cookie.' })
  async sessionEnd(@Ctx() ctx: RequestContext): Promise<OkPayload> {
    await this.signIns.signOut(ctx);
    return new OkPayload();
  }

  @AllowSelf()
  @Mutation(() => OkPayload, { description: 'Ends some of the caller\'s sessions; ids that are not theirs are passed over.' })
  async sessionRevoke(@Ctx() ctx: RequestContext, @Arg('ids', () => [ID]) ids: string[]): Promise<OkPayload> {
    await this.sessions.revoke(ctx, ids);
    return new OkPayload();
  }

  @AllowSelf()
  @StepUp()
  @Directive('@rest(method: GET, path: "/api/user/token", sideEffect: true, view: "LegacyAccessToken")')
  @Mutation(() => AccessTokenPayload, { description: 'Makes a new access token; the earlier one stops working.' })
  accessTokenRotate(@Ctx() ctx: RequestContext): Promise<AccessTokenPayload> {
    return this.signIns.rotateAccessToken(ctx);
  }

  @FieldResolver(() => Boolean, { description: 'Whether this request came with it.' })
  current(@Root() session: Session, @Ctx() ctx: RequestContext): boolean {
    return session.id === ctx.principal?.sessionId;
  }
}

@Resolver(() => Viewer)
export class ViewerSessionsResolver {
  constructor(private readonly service: SessionService) {}

  @AllowSelf()
  @FieldResolver(() => [Session], { description: 'Where the caller is signed in, the newest first.' })
  sessions(@Ctx() ctx: RequestContext): Promise<Session[]> {
    return this.service.list(ctx, callerOf(ctx).userId);
  }
}
