/** How each endpoint succeeds. A new endpoint needs a line in one of these, or in `elsewhere`. */
import { channelCases } from './channels.ts';
import type { SuccessCases } from './case.ts';
import { peopleCases } from './people.ts';
import { recordCases } from './records.ts';
import { signInCases } from './sign-in.ts';
import { siteCases } from './site.ts';

export const successCases: SuccessCases = { ...channelCases, ...peopleCases, ...recordCases, ...signInCases, ...siteCases };

/** Successes that need another party (a relay, a mail box, a browser, a provider): the test that has it, below `src`. */
export const elsewhere: Readonly<Record<string, string>> = {
  'mgmt.channel.test': 'rest/catalogue-routes.test.ts',
  'mgmt.user.aff': 'features/invite/invite.test.ts',
  'mgmt.user.aff_transfer': 'features/invite/invite.test.ts',
  'mgmt.auth.register': 'features/registration/registration.test.ts',
  'mgmt.auth.verification': 'features/registration/registration.test.ts',
  'mgmt.auth.reset_mail': 'features/registration/registration.test.ts',
  'mgmt.auth.reset': 'features/registration/registration.test.ts',
  'mgmt.oauth.email_bind': 'features/registration/registration.test.ts',
};
