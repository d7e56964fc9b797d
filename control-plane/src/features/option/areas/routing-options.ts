/** Settings of routing (semantics 11.6, 11.8): retries, automatic switching, the group `auto`, channel affinity. */
import { z } from 'zod';
import { affinityRules, usualAffinityRules } from '../affinity-rules.ts';
import { json } from '../json-option.ts';
import { flag, integer, OptionKind, text, type OptionSpec } from '../option-spec.ts';
import { readStatusRanges } from '../status-ranges.ts';
import { lines } from '../text-lines.ts';

const statuses = (fallback: string, extra: Pick<OptionSpec, 'describe' | 'relays'>): OptionSpec => ({ ...extra, kind: OptionKind.LIST, fallback, read: readStatusRanges });

const usualRetries = '100-199,300-399,401-407,409-499,500-503,505-523,525-599';

/** What providers say when an account is of no more use. */
const usualKeywords = [
  'your credit balance is too low', 'this organization has been disabled', 'you exceeded your current quota', 'permission denied',
  'the security token included in the request is invalid', 'operation not allowed', 'your account is not authorized',
].join('\n');

const relays = true;

export const routingOptions = {
  AutomaticRetryStatusCodes: statuses(usualRetries, { describe: 'Statuses of an upstream that are tried again on another channel; 504 and 524 never are.', relays }),
  AutomaticDisableChannelEnabled: flag(false, { describe: 'Whether credentials that a provider refuses are switched off by themselves.', relays }),
  AutomaticEnableChannelEnabled: flag(false, { describe: 'Whether a successful test switches on what was switched off by itself.' }),
  AutomaticDisableStatusCodes: statuses('401', { describe: 'Statuses that switch a credential off.', relays }),
  AutomaticDisableKeywords: lines(usualKeywords, { entries: 500, characters: 200 }, { describe: 'Words in a refusal that switch a credential off, one entry a line.', relays }),
  ChannelDisableThreshold: integer(5, 0, 3_600, { describe: 'A test that takes longer switches the channel off, in seconds; 0: never.' }),
  AutoGroups: json('["default"]', z.array(z.string().min(1).max(64)).max(100), { describe: 'The groups behind the group `auto`, in the order in which they are tried.', relays }),
  'auto_group.description': text('', 255, { describe: 'What users read beside the group `auto`; UserUsableGroups names it, too.' }),
  DefaultUseAutoGroup: flag(false, { describe: 'Whether new keys have the group `auto`.' }),
  'global.pass_through_request_enabled': flag(false, { describe: 'Bodies go upstream as they came, on every channel.', relays }),
  'channel_affinity_setting.enabled': flag(true, { describe: 'Whether requests of one conversation meet the same channel again.', relays }),
  'channel_affinity_setting.switch_on_success': flag(true, { describe: 'Whether another channel that answered is remembered instead.', relays }),
  'channel_affinity_setting.keep_on_channel_disabled': flag(false, { describe: 'Whether a channel that is switched off stays remembered.', relays }),
  'channel_affinity_setting.max_entries': integer(100_000, 0, 1_000_000, { describe: 'Conversations that each relay remembers.', relays }),
  'channel_affinity_setting.default_ttl_seconds': integer(3_600, 1, 30 * 86_400, { describe: 'How long they are remembered, in seconds.', relays }),
  'channel_affinity_setting.rules': json(usualAffinityRules, affinityRules, { describe: 'Which requests belong together: a JSON list.', relays }),
} satisfies Record<string, OptionSpec>;
