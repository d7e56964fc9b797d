/** Passwords that everybody tries first (SEC-05): a published list of about 49,000, of which fewer than 10,000 have eight characters or more. */
import { dictionary } from '@zxcvbn-ts/language-common';
import { shortestPassword } from './password.ts';

/** Made at the first question: most processes never ask. */
let common: ReadonlySet<string> | undefined;

export function isGuessablePassword(text: string): boolean {
  common ??= new Set(dictionary['passwords-common'].filter((one) => one.length >= shortestPassword));
  return common.has(text.toLowerCase());
}
