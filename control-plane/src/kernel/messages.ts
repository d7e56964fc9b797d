/** The words for people, once, in both languages (management-api 3.3). Codes are stable; texts may change, the bold ones of the contract may not. */
import type { Language } from './context.ts';

interface Message { zh: string; en: string }

const catalogue = {
  username_taken: { zh: '用户名已存在', en: 'Username already exists' },
  email_taken: { zh: '邮箱已被注册', en: 'E-mail address is already registered' },
  wrong_password: { zh: '密码错误', en: 'Wrong user name or password' },
  user_disabled: { zh: '用户已被封禁', en: 'This account is disabled' },
  quota_exceeded: { zh: '配额不足', en: 'Not enough quota' },
  token_invalid: { zh: 'Token无效', en: 'API key unknown or expired' },
  channel_unavailable: { zh: '渠道不可用', en: 'No working channel' },
  invalid_params: { zh: '请求参数错误', en: 'Invalid parameters' },
  unauthenticated: { zh: '未登录或登录已失效', en: 'Not signed in' },
  access_token_invalid: { zh: '访问令牌无效', en: 'Access token is not valid' },
  user_header_missing: { zh: '缺少 New-Api-User 请求头', en: 'New-Api-User header is missing' },
  user_header_mismatch: { zh: 'New-Api-User 与登录用户不一致', en: 'New-Api-User does not match the signed-in user' },
  forbidden: { zh: '权限不足', en: 'Not allowed for your role' },
  not_found: { zh: '资源不存在', en: 'Not found' },
  too_many_requests: { zh: '请求过于频繁', en: 'Too many requests' },
  internal_error: { zh: '服务器内部错误', en: 'Server error' },
  password_login_off: { zh: '密码登录已关闭', en: 'Password sign-in is closed' },
  original_password_wrong: { zh: '原密码错误', en: 'Old password is wrong' },
  field_invalid: { zh: '输入不合法', en: 'A field is too long, too short or malformed' },
  same_or_higher_role: { zh: '无权操作同级或更高级别用户', en: 'Cannot act on a user of the same or a higher role' },
  root_protected: { zh: '不能对超级管理员执行该操作', en: 'Not possible for the root user' },
  name_taken: { zh: '名称已存在', en: 'Name is taken' },
  name_required: { zh: '名称不能为空', en: 'Name is required' },
  name_too_long: { zh: '名称过长', en: 'Name is too long' },
  quota_range: { zh: '额度超出允许范围', en: 'Quota out of range' },
  token_expired_enable: { zh: '令牌已过期，请先调整过期时间', en: 'Key has expired, move its expiry first' },
  token_exhausted_enable: { zh: '令牌额度已用尽，请先提高额度', en: 'Key is exhausted, raise its quota first' },
  expire_in_past: { zh: '过期时间不能早于现在', en: 'Expiry lies in the past' },
  channel_test_running: { zh: '测试任务正在运行', en: 'A test is already running' },
  key_last: { zh: '不能删除最后一个密钥', en: 'The last key cannot be deleted' },
  span_too_long: { zh: '时间跨度不能超过一个月', en: 'Span is longer than a month' },
  setup_done: { zh: '系统已初始化', en: 'Already set up' },
  setup_remote: { zh: '初始化需在本机进行，或使用启动时显示的一次性链接', en: 'Set-up is accepted from this machine or with the one-time link shown at start' },
  username_length: { zh: '用户名长度须在 1 到 20 之间', en: 'A user name has 1 to 20 characters' },
  username_length_setup: { zh: '用户名长度须在 1 到 12 之间', en: 'The user name has 1 to 12 characters' },
  username_characters: { zh: '用户名不能包含空白、@ 或控制字符', en: 'A user name has no spaces, no @ and no control characters' },
  password_length: { zh: '密码长度须在 8 到 128 之间', en: 'A password has 8 to 128 characters' },
  password_common: { zh: '密码过于常见，请更换', en: 'This password is one of the most common ones: choose another' },
  passwords_differ: { zh: '两次输入的密码不一致', en: 'The two passwords differ' },
  email_malformed: { zh: '邮箱格式不正确', en: 'This is not an e-mail address' },
  group_unusable: { zh: '该分组不可用', en: 'This group cannot be used here' },
  address_malformed: { zh: '不是有效的 IP 地址或网段', en: 'Not an IP address or a CIDR range' },
  too_many_items: { zh: '列表过长', en: 'The list is too long' },
  token_limit: { zh: '令牌数量已达上限', en: 'You have as many keys as are allowed' },
  token_no_copy: { zh: '未保存该密钥的副本，无法再次显示', en: 'No copy of this key is kept, it cannot be shown again' },
  version_conflict: { zh: '已被他人修改，请刷新后重试', en: 'Someone else has changed this: reload and try again' },
  role_invalid: { zh: '角色无效', en: 'No such role' },
  login_ok: { zh: '登录成功', en: 'Signed in' },
  value_required: { zh: '该字段不能为空', en: 'This field is required' },
  text_too_long: { zh: '文本过长', en: 'The text is too long' },
  number_range: { zh: '数值超出允许范围', en: 'The number is out of range' },
  json_malformed: { zh: '不是有效的 JSON 对象', en: 'This is not a JSON object of the expected form' },
  field_unsupported: { zh: '此版本不支持该设置，请留空', en: 'No provider acts on this setting in this version: leave it empty' },
  models_required: { zh: '模型列表不能为空', en: 'List at least one model' },
  model_duplicate: { zh: '模型名称重复', en: 'This model is listed twice' },
  groups_required: { zh: '分组不能为空', en: 'List at least one group' },
  group_unknown: { zh: '分组不存在', en: 'There is no such group' },
  group_in_use: { zh: '分组正在使用，无法删除', en: 'Users, keys or channels still use this group' },
  group_name_malformed: { zh: '分组名称不能为空或包含逗号、空白', en: 'A group name has no commas and no spaces' },
  channel_key_required: { zh: '渠道密钥不能为空', en: 'Enter the credential of the provider' },
  channel_key_again: { zh: '修改接口地址或类型时必须重新填写密钥', en: 'Enter the credential again: it is not sent to a changed address or type' },
  channel_type_unknown: { zh: '没有中继支持该渠道类型', en: 'No relay has a provider for this channel type' },
  base_url_malformed: { zh: '接口地址必须是 http 或 https 地址，且不含用户名', en: 'The address must be http or https, without user name, query or fragment' },
  base_url_private: { zh: '私有地址需要超级管理员先加入 upstream.private_allowlist', en: 'A private address: a root user must first add it to the option upstream.private_allowlist' },
  mapping_cycle: { zh: '模型映射存在循环', en: 'The model mapping runs in a circle' },
  channel_no_relay: { zh: '没有中继响应', en: 'No relay answered' },
  ratio_malformed: { zh: '倍率必须是非负数，最多六位小数', en: 'A ratio is a number of at least 0 with at most six places' },
  option_unknown: { zh: '没有该选项', en: 'There is no such option' },
  option_malformed: { zh: '选项的值不合法', en: 'The option does not take this value' },
  reason_length: { zh: '原因不能为空，且不超过 500 个字符', en: 'Give a reason of 1 to 500 characters' },
  idempotency_key_required: { zh: '需要 1 到 128 个可见字符的幂等键', en: 'Needs an idempotency key of 1 to 128 printable characters' },
  idempotency_key_reused: { zh: '该幂等键已用于其他请求', en: 'This idempotency key was used for something else' },
} as const satisfies Record<string, Message>;

export type MessageCode = keyof typeof catalogue;

export const say = (code: MessageCode, language: Language): string => catalogue[code][language];

/** Chinese for `zh*` and when the caller names no language, else English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const first = acceptLanguage?.trim().toLowerCase() ?? '';
  return first === '' || first.startsWith('zh') ? 'zh' : 'en';
}
