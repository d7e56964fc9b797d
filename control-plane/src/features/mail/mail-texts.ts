/** What our mails say, in the language of whoever asked for them. */
import type { Language } from '../../kernel/context.ts';
import type { Mail } from './mailer.ts';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);

/** One paragraph a line; an address on a line of its own becomes a link. */
export function mailOf(to: string, subject: string, lines: readonly string[]): Mail {
  const html = lines.map((line) => {
    const text = escaped(line);
    return `<p>${/^https?:\/\/\S+$/.test(line) ? `<a href="${text}">${text}</a>` : text}</p>`;
  });
  return { to, subject: subject.replace(/[\r\n]+/g, ' '), text: `${lines.join('\n\n')}\n`, html: html.join('\n') };
}

export function verificationMail(language: Language, site: string, to: string, code: string): Mail {
  return language === 'zh'
    ? mailOf(to, `${site} 邮箱验证码`, [`您正在 ${site} 验证邮箱。`, `验证码：${code}`, '10 分钟内有效。如非本人操作，请忽略此邮件。'])
    : mailOf(to, `Your ${site} code`, [`You are verifying this address at ${site}.`, `Code: ${code}`, 'It works for 10 minutes. If you did not ask for it, ignore this mail.']);
}

export function resetMail(language: Language, site: string, to: string, link: string): Mail {
  return language === 'zh'
    ? mailOf(to, `${site} 密码重置`, [`您正在 ${site} 重置密码，请打开以下链接：`, link, '链接 10 分钟内有效且只能使用一次。如非本人操作，请忽略此邮件。'])
    : mailOf(to, `Reset your ${site} password`, [`Somebody, you we hope, asks for a new password at ${site}. Open this address:`, link, 'It works once, within 10 minutes. If you did not ask for it, ignore this mail.']);
}
