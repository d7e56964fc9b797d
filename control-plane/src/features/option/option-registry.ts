/** Every setting with a row of its own. The price maps and group maps are projections of their tables (option-projection.ts). */
import { flag, integer, list, text, type OptionSpec } from './option-spec.ts';
import { checkPrivateRange } from './private-range.ts';

const url: OptionSpec['read'] = (given) => {
  if (given === '') return { text: '' };
  const parsed = URL.parse(given);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) return { refusal: 'an http or https address without user name' };
  return { text: given.replace(/\/+$/, '') };
};

const longestContent = 100_000;

export const registry = {
  SystemName: text('Weir', 64, { describe: 'Name of the instance.' }),
  Logo: text('', 2048, { describe: 'Address of the logo.' }),
  Footer: text('', 10_000, { describe: 'Footer of the console: text or HTML.' }),
  Notice: text('', longestContent, { describe: 'What everyone is told: Markdown, HTML or an address.' }),
  About: text('', longestContent, { describe: 'About this instance: Markdown, HTML or an address.' }),
  HomePageContent: text('', longestContent, { describe: 'The home page: Markdown, HTML or an address.' }),
  'legal.user_agreement': text('', longestContent, { describe: 'The user agreement: Markdown, HTML or an address.' }),
  'legal.privacy_policy': text('', longestContent, { describe: 'The privacy policy: Markdown, HTML or an address.' }),
  ExposeRatioEnabled: flag(false, { describe: 'Whether anyone may read the ratios of all models at /api/ratio_config.' }),
  ServerAddress: { ...text('', 2048, { describe: 'Address under which people reach the console; empty: WEIR_PUBLIC_URL.' }), read: url },
  QuotaPerUnit: integer(500_000, 1, 1_000_000_000, { describe: 'Quota units to one US dollar.', relays: true }),
  RetryTimes: integer(0, 0, 10, { describe: 'Attempts on other channels after the first.', relays: true }),
  PreConsumedQuota: integer(500, 0, 1_000_000_000, { describe: 'Least prompt tokens that a hold assumes.', relays: true }),
  SelfUseModeEnabled: flag(false, { describe: 'A model without a price costs ratio 37.5 instead of being refused.', relays: true }),
  DemoSiteEnabled: flag(false, { describe: 'Shown to clients as demo_site_enabled.' }),
  RegisterEnabled: {
    ...flag(false, { describe: 'Whether anyone may register.' }),
    read: (given: string) => (given.trim().toLowerCase() === 'false' ? { text: 'false' } : { refusal: 'false: registration does not exist in this version' }),
  },
  strict_http_status: flag(true, { describe: 'REST: real status codes; off answers 200 where a body says success: false.' }),
  'quota.strict_hold': flag(false, { describe: 'Reserve the worst case instead of the compatible hold.', relays: true }),
  'log.record_client_address': flag(false, { describe: 'Keep the address of the client in the log.' }),
  'upstream.private_allowlist': list(checkPrivateRange, { describe: 'Private upstream addresses that are allowed: CIDR, or CIDR:port.', relays: true }),
} satisfies Record<string, OptionSpec>;

export type OptionKey = keyof typeof registry;

export const isOptionKey = (key: string): key is OptionKey => Object.hasOwn(registry, key);
export const optionKeys = Object.keys(registry) as OptionKey[];
