/** What a successful write says, where new-api clients show it (newapi-doc writes these out). By GraphQL field. */
import type { Language } from '../kernel/context.ts';

const confirmations: Record<string, Record<Language, string>> = {
  tokenCreate: { zh: 'Token创建成功', en: 'Token created' },
  tokenUpdate: { zh: 'Token更新成功', en: 'Token updated' },
  tokenDelete: { zh: 'Token删除成功', en: 'Token deleted' },
  channelCreate: { zh: '渠道添加成功', en: 'Channel added' },
  channelUpdate: { zh: '渠道更新成功', en: 'Channel updated' },
  channelDelete: { zh: '渠道删除成功', en: 'Channel deleted' },
  channelTest: { zh: '渠道测试成功', en: 'Channel test passed' },
  redemptionBatchCreate: { zh: '兑换码创建成功', en: 'Redemption codes created' },
  sessionCreate: { zh: '登录成功', en: 'Signed in' },
  optionsUpdate: { zh: '系统选项更新成功', en: 'Options updated' },
};

export const confirmation = (field: string, language: Language): string => confirmations[field]?.[language] ?? '';
