/** A user's own notification settings, and the try whether they work. */
import { callerOf, type RequestContext } from '../../kernel/context.ts';
import type { RateLimits } from '../../kernel/rate-limits.ts';
import { refusal, Refusals, staleVersion } from '../../kernel/words/refusal.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { throttled } from '../../kernel/words/throttled.ts';
import { OkPayload, UserErrorCode } from '../../kernel/words/user-error.ts';
import { touch } from '../relay-link/snapshot-changes.ts';
import { isEmail } from '../user/user-fields.ts';
import type { NotificationSenders } from './notification-senders.ts';
import { notificationText, wireTypes } from './notification-text.ts';
import type { NotifyPatch, NotifySettingPayload } from './notification.types.ts';
import { NotifyChannel, NotifySetting } from './notify-setting.entity.ts';
import { secretPlace, settingOf, type Recipients } from './recipients.ts';

export interface NotifyParts { box: SecretBox; recipients: Recipients; senders: NotificationSenders; limits: RateLimits }

export class NotifySettingService {
  constructor(private readonly parts: NotifyParts) {}

  async update(ctx: RequestContext, patch: NotifyPatch, expectedVersion?: bigint | null): Promise<NotifySettingPayload> {
    const { userId } = callerOf(ctx), setting = await settingOf(ctx.em, userId), { webhookSecret, gotifyToken, gotifyPriority, ...plain } = patch;
    const stale = staleVersion(ctx, setting.shownVersion, expectedVersion);
    if (stale) return { setting: null, userErrors: [stale] };
    for (const [key, value] of Object.entries(plain)) if (value != null) Object.assign(setting, { [key]: typeof value === 'string' ? value.trim() : value });
    if (gotifyPriority != null) setting.gotifyPriority = gotifyPriority >= 0 && gotifyPriority <= 10 ? gotifyPriority : 5;
    if (webhookSecret) setting.webhookSecretEnvelope = this.parts.box.seal(webhookSecret, secretPlace(userId, 'webhook_secret_envelope'));
    if (gotifyToken) setting.gotifyTokenEnvelope = this.parts.box.seal(gotifyToken, secretPlace(userId, 'gotify_token_envelope'));
    setting.language = ctx.language;
    const faults = check(ctx, setting);
    if (faults.any) return { setting: null, userErrors: faults.list };
    await ctx.em.transactional(async (em) => {
      if (patch.acceptUnpricedModels != null) touch(em, 'user', userId);
      await em.persist(setting).flush();
    });
    return { setting, userErrors: [] };
  }

  /** Sends one now, as the settings stand. Throws THROTTLED after 5 in 10 minutes. */
  async test(ctx: RequestContext): Promise<OkPayload> {
    const { userId } = callerOf(ctx), limited = await this.parts.limits.take('notify-test', String(userId));
    if (limited) throw throttled(ctx, limited);
    const found = await this.parts.recipients.find(ctx.em, userId), text = notificationText('TEST', {}, ctx.language);
    const sent = found && (await this.parts.senders.send(found.recipient, { ...text, type: wireTypes.TEST, values: null, timestamp: Math.floor(ctx.clock.now().getTime() / 1_000) }));
    return new OkPayload(sent ? [] : [refusal(ctx, UserErrorCode.UPSTREAM_FAILED, 'notification_failed')]);
  }
}

/** The whole must be usable: the chosen channel has what it needs, and everything that is there has the right form. */
function check(ctx: RequestContext, setting: NotifySetting): Refusals {
  const faults = new Refusals(ctx), { channel, lowQuotaThreshold, email, webhookUrl, barkUrl, gotifyUrl } = setting, at = (field: string) => ['input', field];
  faults.unless(lowQuotaThreshold == null || lowQuotaThreshold > 0n, 'threshold_positive', at('lowQuotaThreshold'), UserErrorCode.OUT_OF_RANGE, { min: '1' });
  faults.unless(isEmail(email), 'email_malformed', at('email'));
  for (const [field, url] of Object.entries({ webhookUrl, barkUrl, gotifyUrl })) faults.unless(url === '' || isAddress(url), 'notify_address', at(field));
  faults.unless(channel !== NotifyChannel.WEBHOOK || webhookUrl !== '', 'notify_address', at('webhookUrl'), UserErrorCode.REQUIRED);
  faults.unless(channel !== NotifyChannel.BARK || barkUrl !== '', 'notify_address', at('barkUrl'), UserErrorCode.REQUIRED);
  faults.unless(channel !== NotifyChannel.GOTIFY || gotifyUrl !== '', 'notify_address', at('gotifyUrl'), UserErrorCode.REQUIRED);
  faults.unless(channel !== NotifyChannel.GOTIFY || setting.hasGotifyToken, 'notify_token', at('gotifyToken'), UserErrorCode.REQUIRED);
  return faults;
}

function isAddress(text: string): boolean {
  const url = URL.parse(text.replaceAll(/\{\{(title|content)\}\}/g, 'x'));
  return text.length <= 2_048 && url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
