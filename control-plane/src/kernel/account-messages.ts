/** Words about registration, mail, invitations, check-in, notifications and payments. */
export const accountMessages = {
  register_off: { zh: '注册已关闭', en: 'Registration is closed' },
  code_wrong_or_expired: { zh: '验证码错误或已过期', en: 'Code wrong or expired' },
  turnstile_failed: { zh: '人机校验失败', en: 'Human check failed' },
  email_required: { zh: '请填写邮箱', en: 'An e-mail address is needed' },
  email_domain: { zh: '该邮箱域名不在允许范围内', en: 'Addresses of this domain are not accepted' },
  email_alias: { zh: '不接受带别名的邮箱地址', en: 'Addresses with an alias ("+" or "." before the @) are not accepted' },
  email_needs_code: { zh: '修改邮箱需要先完成邮箱验证', en: 'A changed address must be verified by the mailed code' },
  mail_unconfigured: { zh: '邮件服务未配置', en: 'This instance cannot send mail' },
  mail_failed: { zh: '邮件发送失败，请稍后再试', en: 'The mail could not be sent, try again later' },
  reset_invalid: { zh: '重置链接无效或已过期', en: 'The reset link is wrong or has expired' },
  aff_minimum: { zh: '划转额度低于最小值', en: 'Move at least one unit of currency' },
  aff_quota_low: { zh: '邀请额度不足', en: 'Not enough invite quota' },
} as const;
