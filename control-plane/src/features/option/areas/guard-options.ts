/** Settings of the guards (semantics 11.7, 11.9): sensitive words, model request limits, fetched media, overload. */
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { json } from '../json-option.ts';
import { flag, integer, OptionKind, type OptionSpec } from '../option-spec.ts';
import { lines } from '../text-lines.ts';

const relays = true;
const most = 1_000_000_000;
const count = z.int().min(0).max(most);

const limits = z.record(z.string().min(1).max(64), z.tuple([count, count]));

const isRange = (text: string): boolean => (text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text));
const isPorts = (text: string): boolean => {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text), from = Number(match?.[1]), to = Number(match?.[2] ?? match?.[1]);
  return match !== null && from >= 1 && to <= 65_535 && from <= to;
};
/** A name, or `*.name` for everything below it. */
const isDomain = (text: string): boolean => /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(text);

const entries = z.union([z.string(), z.number()]).transform(String);
const listOf = (fits: (text: string) => boolean, what: string) => z.array(entries.refine(fits, `is no ${what}`)).max(1_000);
const jsonList = (fallback: string, fits: (text: string) => boolean, what: string, describe: string): OptionSpec => json(fallback, listOf(fits, what), { describe, relays });

const percent = (fallback: number, describe: string, extra: { relays?: true } = {}): OptionSpec => ({ ...integer(fallback, 1, 100, { describe, ...extra }), kind: OptionKind.NUMBER });

export const guardOptions = {
  CheckSensitiveEnabled: flag(true, { describe: 'Whether sensitive words are looked for at all.', relays }),
  CheckSensitiveOnPromptEnabled: flag(true, { describe: 'Whether they are looked for in prompts.', relays }),
  StopOnSensitiveEnabled: flag(true, { describe: 'Whether a prompt with a sensitive word is refused; else the word is blacked out and the prompt goes on.', relays }),
  SensitiveWords: lines('', { entries: 20_000, characters: 200 }, { describe: 'Words that a prompt must not have, one a line, in any letter case; none: nothing is looked for.', relays }),
  ModelRequestRateLimitEnabled: flag(false, { describe: 'Whether model requests of a user are limited.', relays }),
  ModelRequestRateLimitCount: integer(0, 0, most, { describe: 'Requests of one user in the window, of any outcome; 0: any number.', relays }),
  ModelRequestRateLimitSuccessCount: integer(1_000, 0, most, { describe: 'Requests of one user in the window that were answered; 0: any number.', relays }),
  ModelRequestRateLimitDurationMinutes: integer(1, 1, 1_440, { describe: 'The window, in minutes.', relays }),
  ModelRequestRateLimitGroup: json('{}', limits, { describe: 'Other limits for single groups: a JSON object of group to [requests, answered requests].', relays }),
  'fetch_setting.allow_private_ip': flag(false, { describe: 'Whether media may be fetched from private addresses.', relays }),
  'fetch_setting.domain_filter_mode': flag(false, { describe: 'True: media come from the listed domains only; false: from all others.', relays }),
  'fetch_setting.ip_filter_mode': flag(false, { describe: 'True: media come from the listed addresses only; false: from all others.', relays }),
  'fetch_setting.domain_list': jsonList('[]', isDomain, 'domain', 'Domains, `*.` in front for all below; a JSON list.'),
  'fetch_setting.ip_list': jsonList('[]', isRange, 'address or CIDR', 'Addresses and CIDRs; a JSON list.'),
  'fetch_setting.allowed_ports': jsonList('["80","443","8080","8443"]', isPorts, 'port', 'Ports and ranges of ports that media are fetched from; a JSON list.'),
  'fetch_setting.apply_ip_filter_for_domain': flag(true, { describe: 'Whether addresses that names lead to are compared too.', relays }),
  'performance_setting.monitor_enabled': flag(true, { describe: 'Whether new requests are refused while a relay is overloaded.', relays }),
  'performance_setting.monitor_memory_threshold': percent(85, 'Percent of memory from which on a relay refuses new requests.', { relays }),
} satisfies Record<string, OptionSpec>;
