/** Accounts elsewhere that come without a redirect: Telegram's signed message, WeChat's code. */
import { GraphQLError } from 'graphql';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { say } from '../../kernel/words/messages.ts';
import { optionOf } from '../option/option-values.ts';
import type { SiteSecrets } from '../option/site-secrets.ts';
import { SessionPayload } from '../session/session.payloads.ts';
import { requireStepUp } from '../step-up/require-step-up.ts';
import { User } from '../user/user.entity.ts';
import { Viewer } from '../viewer/viewer.type.ts';
import type { Bindings } from './bindings.ts';
import { identityRefusal, type IdentityEntry } from './identity-entry.ts';
import { IdentityKind } from './identity-kind.ts';
import { BindingPayload } from './identity.types.ts';
import { isSignedIn } from './oauth.service.ts';
import { shortText, type Profile } from './profile.ts';
import { signedAt, type TelegramData } from './telegram.ts';
import type { WeChat } from './wechat.ts';

export class DirectIdentityService {
  constructor(private readonly entry: IdentityEntry, private readonly bindings: Bindings, private readonly wechat: WeChat, private readonly secrets: SiteSecrets) {}

  /** Registers nobody: the account must have been bound before. A message is good once. */
  async telegramSignIn(ctx: RequestContext, data: TelegramData): Promise<SessionPayload> {
    const told = await this.readTelegram(ctx, data), refuse = (message: Parameters<typeof identityRefusal>[1]) => new SessionPayload(null, [identityRefusal(ctx, message)]);
    if (typeof told === 'string') return refuse(told);
    const identity = await this.bindings.find(ctx, told.profile);
    if (!identity) return refuse('telegram_unbound');
    const isNew = await sqlOf(ctx.em)('update identity set signed_at = $2 where id = $1 and (signed_at is null or signed_at < $2) returning id', [identity.id, told.at]);
    return isNew.length ? this.entry.enter(ctx, identity) : refuse('telegram_invalid');
  }

  async telegramBind(ctx: RequestContext, data: TelegramData): Promise<BindingPayload> {
    await mayBind(ctx);
    const told = await this.readTelegram(ctx, data);
    return this.bound(ctx, typeof told === 'string' ? told : await this.bindings.bind(ctx, ctx.principal!.userId, told.profile, told.at));
  }

  async wechatSignIn(ctx: RequestContext, code: string): Promise<SessionPayload> {
    const profile = await this.wechat.profile(ctx, code);
    return typeof profile === 'string' ? new SessionPayload(null, [identityRefusal(ctx, profile)]) : this.entry.signIn(ctx, { profile, slug: 'wechat' });
  }

  async wechatBind(ctx: RequestContext, code: string): Promise<BindingPayload> {
    await mayBind(ctx);
    const profile = await this.wechat.profile(ctx, code);
    return this.bound(ctx, typeof profile === 'string' ? profile : await this.bindings.bind(ctx, ctx.principal!.userId, profile));
  }

  private async bound(ctx: RequestContext, fault: Parameters<typeof identityRefusal>[1] | undefined): Promise<BindingPayload> {
    if (fault) return new BindingPayload(null, [identityRefusal(ctx, fault)]);
    return new BindingPayload(new Viewer(await ctx.em.findOneOrFail(User, ctx.principal!.userId)));
  }

  private async readTelegram(ctx: RequestContext, data: TelegramData): Promise<{ profile: Profile; at: Date } | 'provider_off' | 'telegram_invalid'> {
    if ((await optionOf(ctx, 'TelegramOAuthEnabled')) !== 'true') return 'provider_off';
    const at = signedAt(data, await this.secrets.read(sqlOf(ctx.em), 'TelegramBotToken'), ctx.clock.now());
    if (!at) return 'telegram_invalid';
    return { at, profile: { kind: IdentityKind.TELEGRAM, issuer: '', subject: data.id!, label: shortText(data.username ?? data.firstName) } };
  }
}

/**
 * Only a session binds, and only from a page of ours: a link that somebody was made to follow carries the account of whoever
 * made it. Browsers say where a request comes from; the cookie is SameSite=Strict for those that do not.
 */
async function mayBind(ctx: RequestContext): Promise<void> {
  const site = ctx.headers.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') throw new GraphQLError(say('oauth_state', ctx.language), { extensions: { code: 'STATE_MISMATCH', legacyCode: 'oauth_state' } });
  if (!isSignedIn(ctx)) throw new GraphQLError(say('session_needed', ctx.language), { extensions: { code: 'SESSION_NEEDED' } });
  await requireStepUp({ strict: false }, ctx);
}
