/** How relays price, try again, and whom they may reach. */
import { z } from 'zod';
import { json } from '../json-option.ts';
import { choice, flag, integer, list, type OptionSpec } from '../option-spec.ts';
import { checkPrivateRange } from '../private-range.ts';

const usualToolPrices = JSON.stringify({
  web_search: 10, web_search_preview: 10, 'web_search_preview:gpt-4o*': 25, 'web_search_preview:gpt-4.1*': 25, file_search: 2.5, google_search: 14,
});
const toolPrices = z.record(z.string().min(1).max(255), z.number().min(0).max(100_000));

export const relayOptions = {
  QuotaPerUnit: integer(500_000, 1, 1_000_000_000, { describe: 'Quota units to one US dollar.', relays: true }),
  RetryTimes: integer(0, 0, 10, { describe: 'Attempts on other channels after the first.', relays: true }),
  PreConsumedQuota: integer(500, 0, 1_000_000_000, { describe: 'Least prompt tokens that a hold assumes.', relays: true }),
  SelfUseModeEnabled: flag(false, { describe: 'A model without a price costs ratio 37.5 instead of being refused.', relays: true }),
  'quota.strict_hold': flag(false, { describe: 'Reserve the worst case instead of the compatible hold.', relays: true }),
  error_dialect: choice('client', ['client', 'legacy'], { describe: 'How refusals of keys, groups, models, channels and rates look: in the dialect of the client, or (legacy) in one shape for all.', relays: true }),
  'quota_setting.enable_free_model_pre_consume': flag(true, { describe: 'Whether a model that costs nothing still needs an account that is not empty.', relays: true }),
  'tool_price_setting.prices': json(usualToolPrices, toolPrices, { describe: 'US dollars for a thousand calls of a tool that the provider runs: `tool`, or `tool:model` with * at its end; the longest name that fits counts. A JSON object; tools that it leaves out cost what is usual.', relays: true }),
  'general_setting.ping_interval_enabled': flag(false, { describe: 'Whether ping_interval_seconds decides how often a silent stream is kept warm; else each relay does (WEIR_KEEP_ALIVE).', relays: true }),
  'general_setting.ping_interval_seconds': integer(60, 1, 3_600, { describe: 'Silence in a stream after which it is kept warm, in seconds.', relays: true }),
  'upstream.private_allowlist': list(checkPrivateRange, { describe: 'Private upstream addresses that are allowed: CIDR, or CIDR:port.', relays: true }),
} satisfies Record<string, OptionSpec>;
