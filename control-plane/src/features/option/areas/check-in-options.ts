/** Quota for coming back every day (semantics 8.6). */
import { flag, integer, text, type OptionSpec } from '../option-spec.ts';

function zone(given: string): { text: string } | { refusal: string } {
  try {
    return { text: new Intl.DateTimeFormat('en', { timeZone: given.trim() }).resolvedOptions().timeZone };
  } catch {
    return { refusal: 'a time zone such as Asia/Shanghai' };
  }
}

export const checkInOptions = {
  'checkin_setting.enabled': flag(false, { describe: 'Whether users get quota for checking in, once a day.' }),
  'checkin_setting.min_quota': integer(1_000, 1, 1_000_000_000, { describe: 'Least quota of a check-in.' }),
  'checkin_setting.max_quota': integer(10_000, 1, 1_000_000_000, { describe: 'Most quota of a check-in.' }),
  'checkin_setting.time_zone': { ...text('UTC', 64, { describe: 'Time zone in which days begin.' }), read: zone },
} satisfies Record<string, OptionSpec>;
