import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import { Allow, AllowPublic, AllowSelf, Permission } from '../../kernel/permission.ts';
import { requestLoader } from '../../kernel/request-loader.ts';
import { StepUp } from '../../kernel/step-up.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import { SessionPayload } from '../session/session.payloads.ts';
import { User } from '../user/user.entity.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { BindingService } from './binding.service.ts';
import { bindingsOf } from './bindings-of.ts';
import type { DirectIdentityService } from './direct-identity.service.ts';
import { IdentityKind } from './identity-kind.ts';
import { identityRoutes } from './identity-rest.ts';
import { Identity } from './identity.entity.ts';
import { BindingPayload, OAuthBeginPayload, OAuthFinishPayload, OAuthStatePayload, TelegramInput } from './identity.types.ts';
import type { OAuthService } from './oauth.service.ts';

@Resolver(() => Viewer)
export class IdentityResolver {
  constructor(private readonly oauth: OAuthService, private readonly direct: DirectIdentityService, private readonly service: BindingService) {}

  @AllowSelf()
  @FieldResolver(() => [Identity])
  bindings(@Ctx() ctx: RequestContext): Promise<Identity[]> {
    return requestLoader(ctx, bindingsOf).load(callerOf(ctx).userId);
  }

  @AllowPublic()
  @Mutation(() => OAuthBeginPayload, { description: 'Begins to sign in with an account elsewhere, or to bind it for somebody who is signed in.' })
  oauthBegin(
    @Ctx() ctx: RequestContext, @Arg('provider', () => IdentityKind) provider: IdentityKind,
    @Arg('inviteCode', () => String, { nullable: true, description: 'Counts when an account is made.' }) inviteCode: string | null,
  ): Promise<OAuthBeginPayload> {
    return this.oauth.begin(ctx, provider, inviteCode ?? null);
  }

  @AllowPublic()
  @Directive(identityRoutes.state)
  @Mutation(() => OAuthStatePayload, { description: 'For clients that build the provider\'s address themselves; oauthBegin is safer.' })
  async oauthStateCreate(@Ctx() ctx: RequestContext, @Arg('inviteCode', () => String, { nullable: true }) inviteCode: string | null): Promise<OAuthStatePayload> {
    return new OAuthStatePayload(await this.oauth.newState(ctx, inviteCode ?? null));
  }

  @AllowPublic()
  @Directive(identityRoutes.github)
  @Directive(identityRoutes.discord)
  @Directive(identityRoutes.linuxDo)
  @Directive(identityRoutes.oidc)
  @Mutation(() => OAuthFinishPayload, { description: 'Comes back from the provider: signs in, registers where that is open, or binds for somebody who is signed in. Another browser\'s state is STATE_MISMATCH.' })
  oauthFinish(
    @Ctx() ctx: RequestContext, @Arg('provider', () => IdentityKind) provider: IdentityKind,
    @Arg('code', () => String, { nullable: true }) code: string | null, @Arg('state', () => String, { nullable: true }) state: string | null,
  ): Promise<OAuthFinishPayload> {
    return this.oauth.finish(ctx, provider, code ?? '', state ?? '');
  }

  @AllowPublic()
  @Directive(identityRoutes.wechat)
  @Mutation(() => SessionPayload, { description: 'Signs in with the code that the WeChat account told.' })
  sessionWeChatCreate(@Ctx() ctx: RequestContext, @Arg('code', () => String, { nullable: true }) code: string | null): Promise<SessionPayload> {
    return this.direct.wechatSignIn(ctx, code ?? '');
  }

  @AllowPublic()
  @Directive(identityRoutes.telegram)
  @Mutation(() => SessionPayload, { description: 'Signs in with a Telegram account that is bound already.' })
  sessionTelegramCreate(@Ctx() ctx: RequestContext, @Arg('input', () => TelegramInput) input: TelegramInput): Promise<SessionPayload> {
    return this.direct.telegramSignIn(ctx, input);
  }

  @AllowSelf()
  @Directive(identityRoutes.wechatBind)
  @Mutation(() => BindingPayload)
  viewerWeChatBind(@Ctx() ctx: RequestContext, @Arg('code', () => String, { nullable: true }) code: string | null): Promise<BindingPayload> {
    return this.direct.wechatBind(ctx, code ?? '');
  }

  @AllowSelf()
  @Directive(identityRoutes.telegramBind)
  @Mutation(() => BindingPayload)
  viewerTelegramBind(@Ctx() ctx: RequestContext, @Arg('input', () => TelegramInput) input: TelegramInput): Promise<BindingPayload> {
    return this.direct.telegramBind(ctx, input);
  }

  @AllowSelf()
  @StepUp()
  @Mutation(() => OkPayload, { description: 'Unbinds an account elsewhere, unless it is the last way in.' })
  bindingDelete(@Ctx() ctx: RequestContext, @Arg('kind', () => IdentityKind) kind: IdentityKind): Promise<OkPayload> {
    return this.service.delete(ctx, kind);
  }

  @Allow(Permission.USER_WRITE)
  @StepUp()
  @Mutation(() => OkPayload)
  userBindingDelete(@Ctx() ctx: RequestContext, @Arg('id', () => ID) id: string, @Arg('kind', () => IdentityKind) kind: IdentityKind): Promise<OkPayload> {
    return this.service.deleteOf(ctx, id, kind);
  }
}

@Resolver(() => User)
export class UserBindingsResolver {
  @FieldResolver(() => [Identity])
  bindings(@Root() user: User, @Ctx() ctx: RequestContext): Promise<Identity[]> {
    return requestLoader(ctx, bindingsOf).load(user.id);
  }
}
