/** The mail server that the instance sends with. */
import { flag, integer, secret, text, type OptionSpec } from '../option-spec.ts';

export const mailOptions = {
  SMTPServer: text('', 253, { describe: 'Host name of the mail server; empty: no mail is sent.' }),
  SMTPPort: integer(587, 1, 65_535, { describe: 'Port of the mail server. 465 means TLS from the start.' }),
  SMTPSSLEnabled: flag(false, { describe: 'TLS from the start, on any port. Else STARTTLS is used when the server offers it.' }),
  SMTPAccount: text('', 320, { describe: 'User name at the mail server; empty: none is needed.' }),
  SMTPFrom: text('', 320, { describe: 'Address that mail comes from; empty: the account.' }),
  SMTPToken: secret({ describe: 'Password at the mail server.' }),
  SMTPForceAuthLogin: flag(false, { describe: 'Sign in with AUTH LOGIN, for servers that take nothing else.' }),
} satisfies Record<string, OptionSpec>;
