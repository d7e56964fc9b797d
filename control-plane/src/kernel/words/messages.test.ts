import { describe, expect, it } from 'vitest';
import { languageOf, say } from './messages.ts';

it.each([
  { code: 'username_taken', zh: '用户名已存在' }, { code: 'email_taken', zh: '邮箱已被注册' }, { code: 'wrong_password', zh: '密码错误' }, { code: 'user_disabled', zh: '用户已被封禁' },
  { code: 'quota_exceeded', zh: '配额不足' }, { code: 'token_invalid', zh: 'Token无效' }, { code: 'channel_unavailable', zh: '渠道不可用' },
] as const)('the contract fixes the words of $code', ({ code, zh }) => {
  expect(say(code, 'zh')).toBe(zh);
});

describe('the language', () => {
  it.each([[undefined, 'zh'], ['', 'zh'], ['*', 'zh'], ['zh-CN,zh;q=0.9', 'zh'], ['ZH', 'zh'], ['en-US,en;q=0.9', 'en'], ['fr', 'en'], ['en, zh', 'en']])('of %s is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
