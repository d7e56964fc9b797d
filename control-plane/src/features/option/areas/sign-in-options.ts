/** How people sign in and are asked again who they are. */
import { flag, type OptionSpec } from '../option-spec.ts';

export const signInOptions = {
  'security.rest_step_up': flag(false, { describe: 'REST: ask sessions for a fresh proof wherever GraphQL does, not only for the key of a channel.' }),
} satisfies Record<string, OptionSpec>;
