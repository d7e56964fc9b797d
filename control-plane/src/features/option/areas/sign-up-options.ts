/** Who may register, and what comes with it. */
import { flag, type OptionSpec } from '../option-spec.ts';

export const signUpOptions = {
  RegisterEnabled: {
    ...flag(false, { describe: 'Whether anyone may register.' }),
    read: (given: string) => (given.trim().toLowerCase() === 'false' ? { text: 'false' } : { refusal: 'false: registration does not exist in this version' }),
  },
} satisfies Record<string, OptionSpec>;
