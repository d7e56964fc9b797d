/** Who is to be told where. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Language } from '../../kernel/context.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { User, UserStatus } from '../user/user.entity.ts';
import type { Recipient } from './notification-senders.ts';
import { NotifySetting } from './notify-setting.entity.ts';

export const secretPlace = (userId: number, column: 'webhook_secret_envelope' | 'gotify_token_envelope') => ({ table: 'notify_setting', row: userId, column });

/** The settings of a user, or the defaults; not persisted. */
export async function settingOf(em: EntityManager, userId: number): Promise<NotifySetting> {
  return (await em.findOne(NotifySetting, { userId })) ?? Object.assign(new NotifySetting(), { userId });
}

export class Recipients {
  constructor(private readonly box: SecretBox) {}

  /** Undefined for an account that is gone or disabled. */
  async find(em: EntityManager, userId: number): Promise<{ recipient: Recipient; language: Language } | undefined> {
    const user = await em.findOne(User, { id: userId, deletedAt: null, status: UserStatus.ENABLED });
    if (!user) return undefined;
    const setting = await settingOf(em, userId), { channel, webhookUrl, barkUrl, gotifyUrl, gotifyPriority } = setting;
    const webhookSecret = setting.webhookSecretEnvelope ? this.box.open(setting.webhookSecretEnvelope, secretPlace(userId, 'webhook_secret_envelope')) : '';
    const gotifyToken = setting.gotifyTokenEnvelope ? this.box.open(setting.gotifyTokenEnvelope, secretPlace(userId, 'gotify_token_envelope')) : '';
    return { recipient: { channel, email: setting.email || user.email, webhookUrl, webhookSecret, barkUrl, gotifyUrl, gotifyToken, gotifyPriority }, language: setting.language === 'en' ? 'en' : 'zh' };
  }
}
