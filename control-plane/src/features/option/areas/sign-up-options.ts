/** Who may sign in with a password and register, and what comes with a new account. */
import { flag, integer, list, secret, text, url, type OptionSpec } from '../option-spec.ts';

const domain = (entry: string): string | undefined =>
  (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(entry) ? undefined : `a domain such as example.com, which "${entry.slice(0, 60)}" is not`);

const quota = (describe: string): OptionSpec => integer(0, 0, 1_000_000_000_000, { describe });

export const signUpOptions = {
  PasswordLoginEnabled: flag(true, { describe: 'Whether users sign in with a password. Root always may, so that nobody is locked out.' }),
  RegisterEnabled: flag(true, { describe: 'Whether anyone may register, in any way.' }),
  PasswordRegisterEnabled: flag(true, { describe: 'Whether anyone may register with a password.' }),
  EmailVerificationEnabled: flag(false, { describe: 'An e-mail address counts only with the code that was mailed to it.', needs: ['SMTPServer'] }),
  EmailDomainRestrictionEnabled: flag(false, { describe: 'Only addresses of EmailDomainWhitelist.', needs: ['EmailDomainWhitelist'] }),
  EmailDomainWhitelist: {
    ...list(domain, { describe: 'Domains of accepted addresses.' }),
    fallback: 'gmail.com,163.com,126.com,qq.com,outlook.com,hotmail.com,icloud.com,yahoo.com,foxmail.com',
  },
  EmailAliasRestrictionEnabled: flag(false, { describe: 'No address with + or . before the @.' }),
  TurnstileCheckEnabled: flag(false, { describe: 'Ask for a human check at sign-in, registration and mails.', needs: ['TurnstileSiteKey', 'TurnstileSecretKey'] }),
  TurnstileSiteKey: text('', 200, { describe: 'Site key of Turnstile; public.' }),
  TurnstileSecretKey: secret({ describe: 'Secret key of Turnstile.' }),
  'turnstile.verify_url': url('https://challenges.cloudflare.com/turnstile/v0/siteverify', { describe: 'Where answers of the human check are verified.' }),
  'turnstile.script_url': url('https://challenges.cloudflare.com/turnstile/v0/api.js', { describe: 'Where the console loads the widget of the human check from.' }),
  QuotaForNewUser: quota('Quota that a new user gets.'),
  QuotaForInviter: quota('Invite quota for whoever invited a new user.'),
  QuotaForInvitee: quota('Quota for a new user who was invited.'),
} satisfies Record<string, OptionSpec>;
