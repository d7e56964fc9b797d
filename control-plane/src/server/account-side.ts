/** What people do with accounts by themselves: register, prove addresses, invite. */
import { Egress } from '../features/egress/egress.ts';
import { namedRanges } from '../features/egress/named-ranges.ts';
import { HumanCheck } from '../features/human/human-check.ts';
import { HumanPass } from '../features/human/human-pass.ts';
import { InviteTransferService } from '../features/invite/invite-transfer.service.ts';
import { InviteResolver, UserInviteResolver, ViewerInviteResolver } from '../features/invite/invite.resolver.ts';
import { NewUserGifts } from '../features/invite/new-user-gifts.ts';
import type { AccountService } from '../features/ledger/account.service.ts';
import type { LedgerService } from '../features/ledger/ledger.service.ts';
import { Mailer } from '../features/mail/mailer.ts';
import { SiteSecrets } from '../features/option/site-secrets.ts';
import { AddressVerificationService } from '../features/registration/address-verification.service.ts';
import { EmailProofs } from '../features/registration/email-proofs.ts';
import { PasswordResetService } from '../features/registration/password-reset.service.ts';
import { RegistrationResolver } from '../features/registration/registration.resolver.ts';
import { RegistrationService } from '../features/registration/registration.service.ts';
import { SiteRegistrationResolver } from '../features/registration/site-registration.resolver.ts';
import type { UserWriter } from '../features/user/user-writer.ts';
import type { RateLimits } from '../kernel/rate-limits.ts';
import { deriveKey } from '../kernel/secret-box.ts';
import type { Foundation } from './services.ts';

export interface AccountParts { accounts: AccountService; ledger: LedgerService; limits: RateLimits; writer: UserWriter }

export interface AccountSide {
  egress: Egress;
  mailer: Mailer;
  humans: HumanCheck;
  gifts: NewUserGifts;
  resolvers: object[];
}

export function accountSide({ orm, config, secretBox, log }: Foundation, { accounts, ledger, limits, writer }: AccountParts): AccountSide {
  const secrets = new SiteSecrets(secretBox), egress = new Egress(namedRanges(orm, config.upstreamAllow)), mailer = new Mailer(orm, secrets, log);
  const humans = new HumanCheck(egress, secrets, new HumanPass(deriveKey(config.masterKey, 'human-pass')));
  const gifts = new NewUserGifts(ledger), proofs = new EmailProofs(deriveKey(config.masterKey, 'email-proof')), { publicUrl } = config;
  const resolvers = [
    new InviteResolver(new InviteTransferService(ledger), accounts, publicUrl),
    new UserInviteResolver(),
    new ViewerInviteResolver(),
    new SiteRegistrationResolver(),
    new RegistrationResolver(
      new RegistrationService({ proofs, humans, limits, writer, gifts }),
      new AddressVerificationService({ proofs, mailer, humans, limits, writer }),
      new PasswordResetService({ proofs, mailer, humans, limits, writer, publicUrl, log }),
    ),
  ];
  return { egress, mailer, humans, gifts, resolvers };
}
