/** Sign-in without a password (WebAuthn). */
import { choice, flag, list, text, type OptionSpec } from '../option-spec.ts';

const isOrigin = (entry: string): string | undefined => {
  const parsed = URL.parse(entry);
  return parsed && /^https?:$/.test(parsed.protocol) && parsed.origin === entry ? undefined : `"${entry}" is no origin such as https://example.com`;
};

export const passkeyOptions = {
  'passkey.enabled': flag(false, { describe: 'Whether people may set up passkeys and sign in with them.' }),
  'passkey.rp_display_name': text('', 64, { describe: 'Name that browsers show; empty: SystemName.' }),
  'passkey.rp_id': text('', 253, { describe: 'Domain that passkeys belong to; empty: the host of ServerAddress. A change makes all passkeys useless.' }),
  'passkey.origins': list(isOrigin, { describe: 'Origins of pages that may ask for a passkey; empty: that of ServerAddress.' }),
  'passkey.allow_insecure_origin': flag(false, { describe: 'Allow http beyond localhost.' }),
  'passkey.user_verification': choice('preferred', ['required', 'preferred', 'discouraged'], { describe: 'Whether a sign-in asks for PIN, finger or face.' }),
  'passkey.attachment_preference': choice('', ['', 'platform', 'cross-platform'], { describe: 'Authenticators that are offered: built in, separate, or (empty) any.' }),
} satisfies Record<string, OptionSpec>;
