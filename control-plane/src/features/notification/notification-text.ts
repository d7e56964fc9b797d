/** What notifications say. Facts come from the database; the words are here, in both languages. */
import type { Language } from '../../kernel/context.ts';
import type { NotificationKind } from './notification.entity.ts';

export interface NotificationText { title: string; content: string }

/** The name that webhooks know the kind by (semantics 8.5). */
export const wireTypes: Record<NotificationKind | 'TEST', string> = { QUOTA_LOW: 'quota_exceed', CHANNEL_UPDATE: 'channel_update', CHANNEL_TEST: 'channel_test', SECURITY: 'security', UPSTREAM_MODELS: 'channel_update', TEST: 'test' };

type Facts = Readonly<Record<string, string>>;

const ways: Record<Language, Facts> = {
  zh: { APP_ON: '已启用身份验证器', APP_OFF: '已停用身份验证器', PASSKEY_ADDED: '已添加通行密钥', PASSKEY_REMOVED: '已移除通行密钥', BOUND: '已绑定第三方账户', UNBOUND: '已解绑第三方账户' },
  en: {
    APP_ON: 'The authenticator app was switched on', APP_OFF: 'The authenticator app was switched off', PASSKEY_ADDED: 'A passkey was added', PASSKEY_REMOVED: 'A passkey was removed',
    BOUND: 'An account elsewhere was bound', UNBOUND: 'An account elsewhere was unbound',
  },
};

const texts: Record<NotificationKind | 'TEST', Record<Language, (facts: Facts) => NotificationText>> = {
  QUOTA_LOW: {
    zh: ({ balance, threshold }) => ({ title: '您的额度即将用尽', content: `当前剩余额度为 ${balance}，已低于预警值 ${threshold}。为避免影响使用，请及时充值。` }),
    en: ({ balance, threshold }) => ({ title: 'Your quota is running low', content: `${balance} quota units are left, less than the ${threshold} at which you want to be warned. Top up to go on without a break.` }),
  },
  CHANNEL_UPDATE: {
    zh: ({ name, status, reason }) => ({ title: `渠道「${name}」状态变更`, content: `状态：${status}。原因：${reason}` }),
    en: ({ name, status, reason }) => ({ title: `Channel ${name} was switched`, content: `It is now ${status}: ${reason}` }),
  },
  CHANNEL_TEST: {
    zh: ({ passed, failed, switched }) => ({ title: '渠道测试完成', content: `通过 ${passed}，失败 ${failed}，状态变更 ${switched}。` }),
    en: ({ passed, failed, switched }) => ({ title: 'Channels were tested', content: `${passed} passed, ${failed} failed, ${switched} switched.` }),
  },
  SECURITY: {
    zh: ({ act = '', by }) => ({ title: '登录方式已变更', content: `${ways.zh[act] ?? act}${by === undefined ? '' : `（由管理员 ${by} 操作）`}。如非您本人所为，请立即检查账户安全。` }),
    en: ({ act = '', by }) => ({ title: 'A way into your account has changed', content: `${ways.en[act] ?? act}${by === undefined ? '' : `, by the operator ${by}`}. If that was not you, look at the security page at once.` }),
  },
  UPSTREAM_MODELS: {
    zh: ({ channels, added, removed, list }) => ({ title: '上游模型更新', content: `${channels} 个渠道的上游模型有变化：新增 ${added}，移除 ${removed}。\n${list}` }),
    en: ({ channels, added, removed, list }) => ({ title: 'Models of providers have changed', content: `Channels with something new: ${channels}. New models: ${added}, gone: ${removed}.\n${list}` }),
  },
  TEST: {
    zh: () => ({ title: '测试通知', content: '收到此消息说明通知设置可用。' }),
    en: () => ({ title: 'Test notification', content: 'You read this, so your notification settings work.' }),
  },
};

export const notificationText = (kind: NotificationKind | 'TEST', facts: Facts, language: Language): NotificationText => texts[kind][language](facts);
