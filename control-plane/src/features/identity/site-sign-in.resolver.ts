/** What a sign-in page must know of accounts elsewhere and of passkeys. Nothing here asks the network. */
import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import type { OptionKey } from '../option/option-registry.ts';
import { optionOf } from '../option/option-values.ts';
import type { RelyingParties } from '../passkey/relying-party.ts';
import { Site } from '../site/site.resolver.ts';
import { IdentityKind } from './identity-kind.ts';
import { SignInMethod } from './identity.types.ts';

@ObjectType({ description: 'How passkeys are asked for.' })
export class SitePasskeys {
  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Domain that they belong to.' })
  id!: string;

  @Field(() => [String], { description: 'Pages that may ask for one.' })
  origins!: string[];

  @Field(() => Boolean)
  allowInsecure!: boolean;

  @Field(() => String)
  userVerification!: string;

  @Field(() => String)
  attachment!: string;
}

interface Method { kind: IdentityKind; enabled: OptionKey; clientId?: OptionKey; address?: OptionKey }

const methods: readonly Method[] = [
  { kind: IdentityKind.GITHUB, enabled: 'GitHubOAuthEnabled', clientId: 'GitHubClientId' },
  { kind: IdentityKind.DISCORD, enabled: 'discord.enabled', clientId: 'discord.client_id' },
  { kind: IdentityKind.LINUX_DO, enabled: 'LinuxDOOAuthEnabled', clientId: 'LinuxDOClientId' },
  { kind: IdentityKind.OIDC, enabled: 'oidc.enabled', clientId: 'oidc.client_id', address: 'oidc.authorization_endpoint' },
  { kind: IdentityKind.TELEGRAM, enabled: 'TelegramOAuthEnabled', clientId: 'TelegramBotName' },
  { kind: IdentityKind.WECHAT, enabled: 'WeChatAuthEnabled', address: 'WeChatAccountQRCodeImageURL' },
];

@Resolver(() => Site)
export class SiteSignInResolver {
  constructor(private readonly parties: RelyingParties) {}

  @FieldResolver(() => [SignInMethod], { description: 'Accounts elsewhere that people may sign in with here.' })
  async signInMethods(
    @Ctx() ctx: RequestContext,
    @Arg('all', () => Boolean, { defaultValue: false, description: 'Those that are switched off, too.' }) isForAll: boolean,
  ): Promise<SignInMethod[]> {
    const read = async (key: OptionKey | undefined) => (key && (await optionOf(ctx, key))) || null;
    const all = await Promise.all(methods.map(async ({ kind, enabled, clientId, address }) =>
      ({ enabled: (await optionOf(ctx, enabled)) === 'true', kind, clientId: await read(clientId), address: await read(address) })));
    return all.filter((one) => isForAll || one.enabled);
  }

  @FieldResolver(() => Int, { description: 'Least trust level of accounts at Linux DO.' })
  async linuxDoTrustLevel(@Ctx() ctx: RequestContext): Promise<number> {
    return Number(await optionOf(ctx, 'LinuxDOMinimumTrustLevel'));
  }

  @FieldResolver(() => SitePasskeys)
  passkeys(@Ctx() ctx: RequestContext): Promise<SitePasskeys> {
    return this.parties.read(ctx);
  }
}
