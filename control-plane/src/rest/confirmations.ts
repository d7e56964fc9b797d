/** What a successful write says, where new-api clients show it (newapi-doc writes these out). By GraphQL field, and path where a field answers several. */
import type { Language } from '../kernel/context.ts';
import type { RestRoute } from './route.ts';

const confirmations: Record<string, Record<Language, string>> = {
  tokenCreate: { zh: 'Token创建成功', en: 'Token created' },
  tokenSetStatus: { zh: 'Token更新成功', en: 'Token updated' },
  tokenUpdate: { zh: 'Token更新成功', en: 'Token updated' },
  tokenBulkDelete: { zh: '成功删除 {deleted} 个Token', en: 'Deleted {deleted} keys' },
  tokenDelete: { zh: 'Token删除成功', en: 'Token deleted' },
  channelCreate: { zh: '渠道添加成功', en: 'Channel added' },
  channelUpdate: { zh: '渠道更新成功', en: 'Channel updated' },
  channelDelete: { zh: '渠道删除成功', en: 'Channel deleted' },
  channelTest: { zh: '渠道测试成功', en: 'Channel test passed' },
  channelTestMany: { zh: '开始批量测试渠道', en: 'Testing all channels' },
  redemptionBatchCreate: { zh: '兑换码创建成功', en: 'Redemption codes created' },
  userCreate: { zh: '用户创建成功', en: 'User created' },
  'userDelete /api/user/{id}': { zh: '用户删除成功', en: 'User deleted' },
  userUpdate: { zh: '用户更新成功', en: 'User updated' },
  viewerDelete: { zh: '用户删除成功', en: 'User deleted' },
  viewerUpdate: { zh: '用户信息更新成功', en: 'Account updated' },
  viewerPreferencesUpdate: { zh: '用户信息更新成功', en: 'Account updated' },
  sessionPasskeyFinish: { zh: '登录成功', en: 'Signed in' },
  sessionVerifyTwoFactor: { zh: '登录成功', en: 'Signed in' },
  checkIn: { zh: '签到成功', en: 'Checked in' },
  accountRegister: { zh: '注册成功', en: 'Registered' },
  sessionCreate: { zh: '登录成功', en: 'Signed in' },
  optionsMigrateLegacy: { zh: 'migrated', en: 'migrated' },
  optionsUpdate: { zh: '系统选项更新成功', en: 'Options updated' },
};

/** @param told what GraphQL answered: `{name}` in a text is a member of it */
export function confirmation({ field: { name }, path }: RestRoute, language: Language, told: unknown): string {
  const text = (confirmations[name] ?? confirmations[`${name} ${path}`])?.[language] ?? '';
  return text.replace(/\{(\w+)\}/g, (_, member: string) => String((told as Record<string, unknown>)[member]));
}
