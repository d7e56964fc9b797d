/** What a sign-in page must know before anybody is signed in. */
import { Ctx, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { optionOf } from '../option/option-values.ts';
import { Site } from '../site/site.resolver.ts';

@ObjectType()
export class RegistrationInfo {
  @Field(() => Boolean, { description: 'Whether anyone may register with a password.' })
  open!: boolean;

  @Field(() => Boolean, { description: 'Whether users sign in with a password.' })
  passwordSignIn!: boolean;

  @Field(() => Boolean, { description: 'Whether an address needs the mailed code.' })
  emailVerification!: boolean;

  @Field(() => String, { nullable: true, description: 'Site key of the human check (Turnstile); null: nobody is asked.' })
  captchaSiteKey!: string | null;

  @Field(() => String, { description: 'Where the widget of the human check is loaded from.' })
  captchaScript!: string;

  @Field(() => Boolean, { description: 'Whether users get quota for checking in.' })
  checkIn!: boolean;
}

@Resolver(() => Site)
export class SiteRegistrationResolver {
  @FieldResolver(() => RegistrationInfo)
  async registration(@Ctx() ctx: RequestContext): Promise<RegistrationInfo> {
    const isOn = async (key: Parameters<typeof optionOf>[1]) => (await optionOf(ctx, key)) === 'true';
    const [register, withPassword, passwordSignIn, emailVerification, captcha, siteKey, checkIn, captchaScript] = await Promise.all([
      isOn('RegisterEnabled'), isOn('PasswordRegisterEnabled'), isOn('PasswordLoginEnabled'), isOn('EmailVerificationEnabled'), isOn('TurnstileCheckEnabled'), optionOf(ctx, 'TurnstileSiteKey'), isOn('checkin_setting.enabled'), optionOf(ctx, 'turnstile.script_url'),
    ]);
    return { open: register && withPassword, passwordSignIn, emailVerification, captchaSiteKey: captcha ? siteKey : null, checkIn, captchaScript };
  }
}
