import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.ts';
import { AllowPublic, AllowSelf } from '../../kernel/permission.ts';
import { OkPayload } from '../../kernel/words/user-error.ts';
import type { AddressVerificationService } from './address-verification.service.ts';
import type { PasswordResetService } from './password-reset.service.ts';
import { registrationRoutes } from './registration-rest.ts';
import { PasswordResetInput, RegisterInput } from './registration.inputs.ts';
import { PasswordResetPayload } from './registration.payloads.ts';
import type { RegistrationService } from './registration.service.ts';

const captcha = { nullable: true, description: 'Answer of the human check, where the site asks for one.' };

@Resolver()
export class RegistrationResolver {
  constructor(private readonly registrations: RegistrationService, private readonly addresses: AddressVerificationService, private readonly resets: PasswordResetService) {}

  @AllowPublic()
  @Directive(registrationRoutes.register)
  @Mutation(() => OkPayload, { description: 'Makes an account with a password. It signs nobody in.' })
  accountRegister(@Ctx() ctx: RequestContext, @Arg('input', () => RegisterInput) input: RegisterInput): Promise<OkPayload> {
    return this.registrations.register(ctx, input);
  }

  @AllowPublic()
  @Directive(registrationRoutes.verification)
  @Mutation(() => OkPayload, { description: 'Mails a code of 6 characters that proves the address for 10 minutes. Twice in 30 s for a caller, three times an hour for an address.' })
  emailVerificationSend(@Ctx() ctx: RequestContext, @Arg('email', () => String) email: string, @Arg('captcha', () => String, captcha) answer: string | null): Promise<OkPayload> {
    return this.addresses.send(ctx, email, answer);
  }

  @AllowSelf()
  @Directive(registrationRoutes.bindEmail)
  @Directive(registrationRoutes.bindEmailPost)
  @Mutation(() => OkPayload, { description: 'Gives the caller\'s account the address that the mailed code proves.' })
  viewerEmailBind(@Ctx() ctx: RequestContext, @Arg('email', () => String) email: string, @Arg('code', () => String) code: string): Promise<OkPayload> {
    return this.addresses.bind(ctx, email, code);
  }

  @AllowPublic()
  @Directive(registrationRoutes.resetSend)
  @Mutation(() => OkPayload, { description: 'Mails a link that sets a new password, when an account has the address. The answer does not tell.' })
  passwordResetSend(@Ctx() ctx: RequestContext, @Arg('email', () => String) email: string, @Arg('captcha', () => String, captcha) answer: string | null): Promise<OkPayload> {
    return this.resets.send(ctx, email, answer);
  }

  @AllowPublic()
  @Directive(registrationRoutes.reset)
  @Mutation(() => PasswordResetPayload, { description: 'Sets a new password with a mailed token, and ends all sessions of the account.' })
  passwordReset(@Ctx() ctx: RequestContext, @Arg('input', () => PasswordResetInput) input: PasswordResetInput): Promise<PasswordResetPayload> {
    return this.resets.reset(ctx, input);
  }
}
