/**
 * The extras of the compatible API: kept so that a client reads back what it wrote. Some of them providers act on; of the others
 * only values that ask for nothing are taken: a proxy that was silently not used would be worse than a refusal.
 */
import type { MessageCode } from '../../../kernel/messages.ts';
import { UserErrorCode } from '../../../kernel/user-error.ts';
import type { ChannelExtras } from '../channel-extras.ts';

const jsonFields = ['setting', 'settings', 'statusCodeMapping', 'paramOverride', 'headerOverride'] as const;
const longest = 10_000;
/** Members of `settings` that the providers of the relay read. */
const read = new Set([
  'azure_responses_version', 'aws_key_type', 'vertex_key_type', 'openai_project', 'prefer_responses', 'bedrock_profile', 'plugin', 'preset', 'native',
]);

/** Null, false, zero, blank text, and lists and objects of such. */
function asksNothing(value: unknown): boolean {
  if (value === null || value === false || value === 0) return true;
  if (typeof value === 'string') return !value.trim();
  return typeof value === 'object' && Object.values(value).every(asksNothing);
}

function faultOf(field: string, text: string): ['INVALID' | 'UNSUPPORTED' | 'TOO_LONG', MessageCode] | undefined {
  if (!text.trim()) return undefined;
  if (text.length > longest) return ['TOO_LONG', 'text_too_long'];
  let value: unknown;
  try { value = JSON.parse(text); } catch { return ['INVALID', 'json_malformed']; }
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) return ['INVALID', 'json_malformed'];
  const others = field === 'settings' ? Object.entries(value ?? {}).filter(([name]) => !read.has(name)).map(([, asked]) => asked) : value;
  return asksNothing(others) ? undefined : ['UNSUPPORTED', 'field_unsupported'];
}

export function checkExtras(extras: ChannelExtras, fault: (code: UserErrorCode, message: MessageCode, field: string) => void): void {
  for (const field of jsonFields) {
    const found = faultOf(field, extras[field] ?? '');
    if (found) fault(UserErrorCode[found[0]], found[1], `extras.${field}`);
  }
  if ((extras.organization?.length ?? 0) > 255) fault(UserErrorCode.TOO_LONG, 'text_too_long', 'extras.organization');
  if ((extras.other?.length ?? 0) > longest) fault(UserErrorCode.TOO_LONG, 'text_too_long', 'extras.other');
}
