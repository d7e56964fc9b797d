/** How relays price, try again, and whom they may reach. */
import { flag, integer, list, type OptionSpec } from '../option-spec.ts';
import { checkPrivateRange } from '../private-range.ts';

export const relayOptions = {
  QuotaPerUnit: integer(500_000, 1, 1_000_000_000, { describe: 'Quota units to one US dollar.', relays: true }),
  RetryTimes: integer(0, 0, 10, { describe: 'Attempts on other channels after the first.', relays: true }),
  PreConsumedQuota: integer(500, 0, 1_000_000_000, { describe: 'Least prompt tokens that a hold assumes.', relays: true }),
  SelfUseModeEnabled: flag(false, { describe: 'A model without a price costs ratio 37.5 instead of being refused.', relays: true }),
  'quota.strict_hold': flag(false, { describe: 'Reserve the worst case instead of the compatible hold.', relays: true }),
  'upstream.private_allowlist': list(checkPrivateRange, { describe: 'Private upstream addresses that are allowed: CIDR, or CIDR:port.', relays: true }),
} satisfies Record<string, OptionSpec>;
