import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, AllowSelf, Permission } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { User } from '../user/user.entity.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import { factorsOf } from './factors-of.ts';
import type { TwoFactorService } from './two-factor.service.ts';
import { BackupCodesPayload, TwoFactorSetupPayload, TwoFactorState, TwoFactorStats } from './two-factor.types.ts';

@Resolver(() => Viewer)
export class TwoFactorResolver {
  constructor(private readonly service: TwoFactorService) {}

  @AllowSelf()
  @Directive('@rest(method: GET, path: "/api/user/2fa/status", view: "LegacyTwoFactor")')
  @FieldResolver(() => TwoFactorState)
  twoFactor(@Ctx() ctx: RequestContext): Promise<TwoFactorState> {
    return this.service.state(ctx, callerOf(ctx).userId);
  }

  @Allow(Permission.USER_READ)
  @Directive('@rest(method: GET, path: "/api/user/2fa/stats", view: "LegacyTwoFactorStats")')
  @Query(() => TwoFactorStats)
  twoFactorStats(@Ctx() ctx: RequestContext): Promise<TwoFactorStats> {
    return this.service.stats(ctx);
  }

  @AllowSelf()
  @StepUp()
  @Directive('@rest(method: POST, path: "/api/user/2fa/setup", view: "LegacyTwoFactorSetup")')
  @Mutation(() => TwoFactorSetupPayload, { description: 'Makes a secret and backup codes. They do nothing before twoFactorEnable.' })
  twoFactorBegin(@Ctx() ctx: RequestContext): Promise<TwoFactorSetupPayload> {
    return this.service.begin(ctx);
  }

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/user/2fa/enable", envelope: MESSAGE, bind: [{from: "body.code", to: "code"}])')
  @Mutation(() => OkPayload, { description: 'Switches it on, with a code of the app. Signs the caller out everywhere else.' })
  twoFactorEnable(@Ctx() ctx: RequestContext, @Arg('code', () => String) code: string): Promise<OkPayload> {
    return this.service.enable(ctx, code);
  }

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/user/2fa/disable", envelope: MESSAGE, bind: [{from: "body.code", to: "code"}])')
  @Mutation(() => OkPayload, { description: 'Switches it off, with a code of the app or a backup code.' })
  twoFactorDisable(@Ctx() ctx: RequestContext, @Arg('code', () => String) code: string): Promise<OkPayload> {
    return this.service.disable(ctx, code);
  }

  @AllowSelf()
  @Directive('@rest(method: POST, path: "/api/user/2fa/backup_codes", view: "LegacyBackupCodes", bind: [{from: "body.code", to: "code"}])')
  @Mutation(() => BackupCodesPayload, { description: 'Needs a code of the app.' })
  backupCodesRegenerate(@Ctx() ctx: RequestContext, @Arg('code', () => String) code: string): Promise<BackupCodesPayload> {
    return this.service.regenerate(ctx, code);
  }

  @Allow(Permission.USER_WRITE)
  @StepUp()
  @Directive('@rest(method: DELETE, path: "/api/user/{id}/2fa", envelope: MESSAGE)')
  @Mutation(() => OkPayload, { description: 'Switches it off for somebody who has lost theirs, and signs them out everywhere.' })
  userTwoFactorReset(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string): Promise<OkPayload> {
    return this.service.reset(ctx, id);
  }
}

@Resolver(() => User)
export class UserFactorsResolver {
  @FieldResolver(() => Boolean, { description: 'Whether a sign-in with the password asks for a code.' })
  async twoFactor(@Root() user: User, @Ctx() ctx: RequestContext): Promise<boolean> {
    return (await requestLoader(ctx, factorsOf).load(user.id)).app;
  }

  @FieldResolver(() => Int)
  async passkeyCount(@Root() user: User, @Ctx() ctx: RequestContext): Promise<number> {
    return (await requestLoader(ctx, factorsOf).load(user.id)).passkeys;
  }
}
