/**
 * The extras of the compatible API: kept so that a client reads back what it wrote. Providers and relays act on some members; of the
 * others only values that ask for nothing are taken: a switch that was silently not used would be worse than a refusal.
 */
import type { z } from 'zod';
import type { MessageCode } from '../../../kernel/words/messages.ts';
import { UserErrorCode } from '../../../kernel/words/user-error.ts';
import type { ChannelExtras } from '../channel-extras.ts';
import { watchForm, watchRecords } from '../provider/upstream-watch.ts';
import { switchForm } from './switch-form.ts';
import { headerOverrideForm, paramOverrideForm, settingForm, statusMappingForm } from './rule-forms.ts';

type Fault = ['INVALID' | 'UNSUPPORTED' | 'TOO_LONG', MessageCode];

const longest = 10_000, longestRules = 30_000;
/** Members of `settings` that providers and relays read. */
const providers = [
  'azure_responses_version', 'aws_key_type', 'vertex_key_type', 'openai_project', 'prefer_responses', 'bedrock_profile', 'plugin', 'preset', 'native', 'azure_strip_dots', 'quota_project',
  'allow_service_tier', 'allow_inference_geo', 'allow_speed', 'allow_safety_identifier', 'allow_include_obfuscation', 'disable_store', 'claude_beta_query', 'openrouter_enterprise', 'http_referer', 'x_title', 'voices',
];
/** Members of `setting` that relays read. */
const relays = Object.keys(settingForm.shape);

interface JsonField { readonly longest: number; readonly form?: z.ZodType; /** Undefined: any member. */ readonly read?: ReadonlySet<string> }

const jsonFields = {
  setting: { longest: longestRules, form: settingForm, read: new Set(relays) },
  settings: { longest, form: switchForm.extend(watchForm.shape), read: new Set([...providers, ...Object.keys(switchForm.shape), ...Object.keys(watchForm.shape), ...watchRecords]) },
  statusCodeMapping: { longest, form: statusMappingForm },
  paramOverride: { longest: longestRules, form: paramOverrideForm },
  headerOverride: { longest: longestRules, form: headerOverrideForm },
} satisfies Record<string, JsonField>;

/** Null, false, zero, blank text, and lists and objects of such. */
function asksNothing(value: unknown): boolean {
  if (value === null || value === false || value === 0) return true;
  if (typeof value === 'string') return !value.trim();
  return typeof value === 'object' && Object.values(value).every(asksNothing);
}

function faultOf({ longest: most, form, read }: JsonField, text: string): Fault | undefined {
  if (!text.trim()) return undefined;
  if (text.length > most) return ['TOO_LONG', 'text_too_long'];
  let value: unknown;
  try { value = JSON.parse(text); } catch { return ['INVALID', 'json_malformed']; }
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return ['INVALID', 'json_malformed'];
  if (form && !form.safeParse(value).success) return ['INVALID', 'field_invalid'];
  const unread = read ? Object.entries(value).filter(([name]) => !read.has(name)).map(([, asked]: [string, unknown]) => asked) : [];
  return asksNothing(unread) ? undefined : ['UNSUPPORTED', 'field_unsupported'];
}

export function checkExtras(extras: ChannelExtras, fault: (code: UserErrorCode, message: MessageCode, field: string) => void): void {
  for (const [field, spec] of Object.entries(jsonFields)) {
    const found = faultOf(spec, extras[field as keyof typeof jsonFields] ?? '');
    if (found) fault(UserErrorCode[found[0]], found[1], `extras.${field}`);
  }
  if ((extras.organization?.length ?? 0) > 255) fault(UserErrorCode.TOO_LONG, 'text_too_long', 'extras.organization');
  if ((extras.other?.length ?? 0) > longest) fault(UserErrorCode.TOO_LONG, 'text_too_long', 'extras.other');
}
