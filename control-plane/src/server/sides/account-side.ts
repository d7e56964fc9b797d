/** What people do with accounts by themselves: register, prove addresses, invite. */
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CheckInResolver } from '../../features/check-in/check-in.resolver.ts';
import { CheckInService } from '../../features/check-in/check-in.service.ts';
import { Egress } from '../../features/egress/egress.ts';
import { namedRanges } from '../../features/egress/named-ranges.ts';
import { HumanCheck } from '../../features/human/human-check.ts';
import { HumanPass } from '../../features/human/human-pass.ts';
import { InviteTransferService } from '../../features/invite/invite-transfer.service.ts';
import { InviteResolver, UserInviteResolver, ViewerInviteResolver } from '../../features/invite/invite.resolver.ts';
import { NewUserGifts } from '../../features/invite/new-user-gifts.ts';
import type { AccountService } from '../../features/ledger/account.service.ts';
import type { LedgerService } from '../../features/ledger/ledger.service.ts';
import { Mailer } from '../../features/mail/mailer.ts';
import { MailOutbox } from '../../features/mail/outbox.ts';
import { NotificationDelivery } from '../../features/notification/notification-delivery.ts';
import { NotificationSenders } from '../../features/notification/notification-senders.ts';
import { NotificationResolver, UserNotifySettingResolver, ViewerNotificationsResolver } from '../../features/notification/notification.resolver.ts';
import { NotifySettingService } from '../../features/notification/notify-setting.service.ts';
import { Recipients } from '../../features/notification/recipients.ts';
import { SiteSecrets } from '../../features/option/site-secrets.ts';
import { AddressVerificationService } from '../../features/registration/address-verification.service.ts';
import { EmailProofs } from '../../features/registration/email-proofs.ts';
import { PasswordResetService } from '../../features/registration/password-reset.service.ts';
import { RegistrationResolver } from '../../features/registration/registration.resolver.ts';
import { RegistrationService } from '../../features/registration/registration.service.ts';
import { SiteRegistrationResolver } from '../../features/registration/site-registration.resolver.ts';
import type { UserWriter } from '../../features/user/user-writer.ts';
import type { Cursors } from '../../kernel/list/cursors.ts';
import { Loop } from '../../kernel/running/loop.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { deriveKey } from '../../kernel/secret-box.ts';
import type { Worker } from '../../kernel/running/worker.ts';
import type { Foundation } from '../services.ts';

/** How often waiting notifications are looked for. */
const betweenMs = 2_000;
const dayMs = 24 * 60 * 60_000;

export interface AccountParts { accounts: AccountService; ledger: LedgerService; limits: RateLimits; writer: UserWriter; cursors: Cursors }

export interface AccountSide {
  egress: Egress;
  mailer: Mailer;
  humans: HumanCheck;
  gifts: NewUserGifts;
  resolvers: object[];
  workers: Worker[];
}

export function accountSide({ orm, clock, config, secretBox, log }: Foundation, { accounts, ledger, limits, writer, cursors }: AccountParts): AccountSide {
  const secrets = new SiteSecrets(secretBox), egress = new Egress(namedRanges(orm, config.upstreamAllow)), mailer = new Mailer(orm, secrets, log);
  const outbox = new MailOutbox(orm, clock, secretBox, mailer);
  const humans = new HumanCheck(egress, secrets, new HumanPass(deriveKey(config.masterKey, 'human-pass')));
  const gifts = new NewUserGifts(ledger), proofs = new EmailProofs(deriveKey(config.masterKey, 'email-proof')), { publicUrl } = config;
  const recipients = new Recipients(secretBox), senders = new NotificationSenders(mailer, egress), delivery = new NotificationDelivery(orm, clock, recipients, senders);
  const delivering = new Loop('notifications', async (signal) => {
    if ((await delivery.deliverDue()) === 0) await pause(betweenMs, undefined, { signal, ref: false });
  }, log);
  const mailing = new Loop('mails', async (signal) => {
    if ((await outbox.sendDue()) === 0) await pause(betweenMs, undefined, { signal, ref: false });
  }, log);
  const forgetting = new Loop('old notifications', async (signal) => {
    await delivery.forget();
    await pause(dayMs, undefined, { signal, ref: false });
  }, log);
  const resolvers = [
    new NotificationResolver(new NotifySettingService({ box: secretBox, recipients, senders, limits })),
    new UserNotifySettingResolver(),
    new ViewerNotificationsResolver(cursors),
    new CheckInResolver(new CheckInService(ledger, humans, (min, max) => randomInt(min, max + 1))),
    new InviteResolver(new InviteTransferService(ledger), accounts, publicUrl),
    new UserInviteResolver(),
    new ViewerInviteResolver(),
    new SiteRegistrationResolver(),
    new RegistrationResolver(
      new RegistrationService({ proofs, humans, limits, writer, gifts }),
      new AddressVerificationService({ proofs, outbox, humans, limits, writer }),
      new PasswordResetService({ proofs, outbox, humans, limits, writer, publicUrl, log }),
    ),
  ];
  return { egress, mailer, humans, gifts, resolvers, workers: [delivering, mailing, forgetting] };
}
