/** The parts of `settings:site` that say how relays route, and what they refuse. */
import type { RelayFetchRules, RelayGuards, RelayModelLimit, RelayRouting } from '../relay-link/wire/routing.ts';
import type { OptionKey } from './option-registry.ts';
import { linesOf } from './text-lines.ts';

export type OptionValues = ReadonlyMap<OptionKey, string>;

const flag = (values: OptionValues, key: OptionKey): boolean => values.get(key) === 'true';
const number = (values: OptionValues, key: OptionKey): number => Number(values.get(key));
const texts = (values: OptionValues, key: OptionKey): string[] => (JSON.parse(values.get(key)!) as (string | number)[]).map(String);

function affinityOf(values: OptionValues): string | null {
  if (!flag(values, 'channel_affinity_setting.enabled')) return null;
  return JSON.stringify({
    switch_on_success: flag(values, 'channel_affinity_setting.switch_on_success'),
    keep_on_channel_disabled: flag(values, 'channel_affinity_setting.keep_on_channel_disabled'),
    max_entries: number(values, 'channel_affinity_setting.max_entries'),
    default_ttl_seconds: number(values, 'channel_affinity_setting.default_ttl_seconds'),
    rules: JSON.parse(values.get('channel_affinity_setting.rules')!) as unknown,
  });
}

export const routingOf = (values: OptionValues): RelayRouting => ({
  retryStatuses: values.get('AutomaticRetryStatusCodes')!,
  autoGroups: texts(values, 'AutoGroups'),
  disableChannels: flag(values, 'AutomaticDisableChannelEnabled'),
  disableStatuses: values.get('AutomaticDisableStatusCodes')!,
  disableKeywords: linesOf(values.get('AutomaticDisableKeywords')!).map((line) => line.toLowerCase()),
  passThrough: flag(values, 'global.pass_through_request_enabled'),
  affinity: affinityOf(values),
});

function modelLimits(values: OptionValues): RelayModelLimit[] {
  if (!flag(values, 'ModelRequestRateLimitEnabled')) return [];
  const groups = JSON.parse(values.get('ModelRequestRateLimitGroup')!) as Record<string, [number, number]>;
  const own = Object.entries(groups).map(([group, [total, success]]) => ({ group, total, success }));
  return [{ group: '', total: number(values, 'ModelRequestRateLimitCount'), success: number(values, 'ModelRequestRateLimitSuccessCount') }, ...own];
}

const fetchOf = (values: OptionValues): RelayFetchRules => ({
  allowPrivate: flag(values, 'fetch_setting.allow_private_ip'),
  onlyDomains: flag(values, 'fetch_setting.domain_filter_mode'),
  domains: texts(values, 'fetch_setting.domain_list'),
  onlyAddresses: flag(values, 'fetch_setting.ip_filter_mode'),
  addresses: texts(values, 'fetch_setting.ip_list'),
  ports: texts(values, 'fetch_setting.allowed_ports'),
  addressesOfNames: flag(values, 'fetch_setting.apply_ip_filter_for_domain'),
});

export function guardsOf(values: OptionValues): RelayGuards {
  const checks = flag(values, 'CheckSensitiveEnabled') && flag(values, 'CheckSensitiveOnPromptEnabled');
  return {
    stopOnSensitive: flag(values, 'StopOnSensitiveEnabled'),
    sensitiveWords: checks ? linesOf(values.get('SensitiveWords')!) : [],
    modelLimits: modelLimits(values),
    modelLimitMinutes: number(values, 'ModelRequestRateLimitDurationMinutes'),
    fetch: fetchOf(values),
    shedLoad: flag(values, 'performance_setting.monitor_enabled'),
    memoryPercent: number(values, 'performance_setting.monitor_memory_threshold'),
  };
}
