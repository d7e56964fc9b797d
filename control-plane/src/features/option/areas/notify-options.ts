/** What the instance tells its users by itself. */
import { integer, list, type OptionSpec } from '../option-spec.ts';
import { checkPrivateRange } from '../private-range.ts';

export const notifyOptions = {
  QuotaRemindThreshold: integer(1_000, 0, 1_000_000_000_000, { describe: 'A user is warned when the balance falls below this, unless they chose another number.' }),
  'notify.private_allowlist': list(checkPrivateRange, { describe: 'Private addresses that users may have notifications sent to: CIDR, or CIDR:port.' }),
} satisfies Record<string, OptionSpec>;
