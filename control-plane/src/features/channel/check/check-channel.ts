/** Checks what a person typed into a channel. Every fault at once, each with the path of its field. */
import type { RequestContext } from '../../../kernel/context.ts';
import type { MessageCode } from '../../../kernel/words/messages.ts';
import { Refusals } from '../../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../../kernel/words/user-error.ts';
import { isForbidden, readBaseUrl } from './base-url.ts';
import type { ChannelPatch } from '../channel.inputs.ts';
import { checkExtras } from './check-extras.ts';
import { isProxy, proxyIn } from '../proxy/channel-proxy.ts';
import { readMapping } from './model-mapping.ts';

/** What the check must know of the rest of the instance. */
export interface Surroundings {
  groups: ReadonlySet<string>;
  privateRanges: readonly string[];
  /** Host and port under which this instance itself is reached (UPS-10). */
  own: ReadonlySet<string>;
  /** Channel types that a relay has announced; empty before the first relay. */
  types: ReadonlySet<number>;
}

interface Limits { min?: string; max?: string; allowed?: string[] }
type Fault = (code: UserErrorCode, message: MessageCode, field: string, limits?: Limits) => void;

const longest = { name: 100, tag: 64, testModel: 255, remark: 255 } as const;
/** A relay refuses a picture with a larger resource: names, mapping and credentials together stay below its limit of 1 MiB. */
const longestNames = 200_000, longestMapping = 200_000, mostGroups = 100;
const largestWeight = 1_000_000, largestPriority = 1_000_000_000, mostModels = 1_000, longestModel = 255;

function checkNames(names: readonly string[], field: 'models' | 'groups', fault: Fault): void {
  if (!names.length) fault(UserErrorCode.REQUIRED, field === 'models' ? 'models_required' : 'groups_required', field);
  const most = field === 'models' ? mostModels : mostGroups;
  if (names.length > most) fault(UserErrorCode.OUT_OF_RANGE, 'too_many_items', field, { max: String(most) });
  else if (JSON.stringify(names).length > longestNames) fault(UserErrorCode.TOO_LONG, 'text_too_long', field, { max: String(longestNames) });
  const seen = new Set<string>();
  names.slice(0, mostModels).forEach((name, index) => {
    const at = `${field}.${index}`;
    if (!name.trim()) fault(UserErrorCode.REQUIRED, 'value_required', at);
    else if (name.length > longestModel) fault(UserErrorCode.TOO_LONG, 'text_too_long', at, { max: String(longestModel) });
    else if (/[\p{Cc},]/u.test(name)) fault(UserErrorCode.INVALID, 'field_invalid', at);
    else if (seen.has(name.trim())) fault(UserErrorCode.TAKEN, 'model_duplicate', at);
    seen.add(name.trim());
  });
}

function checkTexts(input: ChannelPatch, fault: Fault): void {
  if (input.name !== undefined && !input.name?.trim()) fault(UserErrorCode.REQUIRED, 'name_required', 'name');
  for (const [field, max] of Object.entries(longest)) {
    const value = input[field as keyof typeof longest];
    if (value != null && value.trim().length > max) fault(UserErrorCode.TOO_LONG, field === 'name' ? 'name_too_long' : 'text_too_long', field, { max: String(max) });
  }
}

function checkNumbers(input: ChannelPatch, { types }: Surroundings, fault: Fault): void {
  const { weight, priority, type } = input;
  if (weight != null && (weight < 0 || weight > largestWeight)) fault(UserErrorCode.OUT_OF_RANGE, 'number_range', 'weight', { min: '0', max: String(largestWeight) });
  if (priority != null && Math.abs(priority) > largestPriority) fault(UserErrorCode.OUT_OF_RANGE, 'number_range', 'priority', { min: String(-largestPriority), max: String(largestPriority) });
  if (type === null || (type !== undefined && (type < 1 || (types.size > 0 && !types.has(type))))) {
    fault(UserErrorCode.UNSUPPORTED, 'channel_type_unknown', 'type', { allowed: [...types].map(String) });
  }
}

function checkAddress(text: string, { privateRanges, own }: Surroundings, fault: Fault): void {
  const address = readBaseUrl(text);
  if (!address) fault(UserErrorCode.INVALID, 'base_url_malformed', 'baseUrl');
  else if (own.has(URL.parse(address)?.host ?? '')) fault(UserErrorCode.NOT_ALLOWED, 'base_url_own', 'baseUrl');
  else if (isForbidden(address, privateRanges)) fault(UserErrorCode.NOT_ALLOWED, 'base_url_private', 'baseUrl');
}

function checkMapping(text: string, fault: Fault): void {
  const mapping = readMapping(text);
  if (mapping === 'malformed') fault(UserErrorCode.INVALID, 'json_malformed', 'modelMapping');
  if (text.length > longestMapping) fault(UserErrorCode.TOO_LONG, 'text_too_long', 'modelMapping', { max: String(longestMapping) });
  if (mapping === 'cycle') fault(UserErrorCode.INVALID, 'mapping_cycle', 'modelMapping');
}

/** Where it stands is where credentials go first: the same addresses are open to it as to upstreams (EGR-01). */
function checkProxy(setting: string | null | undefined, { privateRanges }: Surroundings, fault: Fault): void {
  const address = proxyIn(setting), url = isProxy(address) ? URL.parse(address) : null;
  if (url && isForbidden(`http://${url.hostname}:${url.port || '1080'}`, privateRanges)) fault(UserErrorCode.NOT_ALLOWED, 'base_url_private', 'extras.setting');
}

/** Members that are absent are not looked at; null stands for "cleared" where a field may be empty. */
export function checkChannel(ctx: RequestContext, input: ChannelPatch, around: Surroundings): UserError[] {
  const refusals = new Refusals(ctx);
  const fault: Fault = (code, message, field, limits) => refusals.unless(false, message, ['input', ...field.split('.')], code, limits);
  checkTexts(input, fault);
  checkNumbers(input, around, fault);
  if (input.models !== undefined) checkNames(input.models ?? [], 'models', fault);
  if (input.groups !== undefined) checkNames(input.groups ?? [], 'groups', fault);
  (input.groups ?? []).forEach((group, index) => {
    if (group.trim() && !around.groups.has(group.trim())) fault(UserErrorCode.NOT_FOUND, 'group_unknown', `groups.${index}`, { allowed: [...around.groups] });
  });
  if (input.baseUrl?.trim()) checkAddress(input.baseUrl, around, fault);
  if (input.modelMapping) checkMapping(input.modelMapping, fault);
  if (input.extras) checkExtras(input.extras, fault);
  checkProxy(input.extras?.setting, around, fault);
  return refusals.list;
}
