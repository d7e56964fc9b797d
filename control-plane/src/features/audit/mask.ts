/** What may stand in an audit event: no secrets, and nothing so long that it hides the rest. */
import type { AuditChange } from './audit-change.type.ts';

export const masked = '***';

const longestText = 1_000, mostItems = 100, deepest = 8;

const secretPart = /secret|password|hash|credential|sealed|envelope|cipher|private|assertion|captcha|cookie|recovery|backup|otp/i;
const secretEnd = /(^|_)(key|keys|code|codes|token|copy)$|[a-z](Key|Keys|Code|Codes|Token)$/;
/** Names that look secret and are not. */
const openName = /^(idempotency_?key|credential_?mode|cache_?key|aff_?code|error_?code|status_?code|masked_?key)$/i;
/** A setting whose name ends so holds a secret. */
const secretSetting = /(secret|token|password|key|credential)s?$/i;

const isSecret = (name: string): boolean => (secretPart.test(name) || secretEnd.test(name)) && !openName.test(name);

const cut = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text);

/** A pair of a setting's name and its value, as tables and arguments both have it: the name is no secret, the value may be. */
function pair(value: Record<string, unknown>): Record<string, unknown> | undefined {
  if (typeof value.key !== 'string' || !('value' in value)) return undefined;
  return { ...value, value: secretSetting.test(value.key) ? masked : value.value };
}

/** Any JSON value, fit to be kept. Numbers beyond 2^53 become text. */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return /^w1\.\d+\./.test(value) ? masked : cut(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => mask(item, depth + 1));
  const known = pair(value as Record<string, unknown>);
  return Object.fromEntries(Object.entries(known ?? value).map(([name, member]) =>
    [name, member !== null && member !== undefined && isSecret(name) && !(known && name === 'key') ? masked : mask(member, depth + 1)]));
}

/** What differs between two rows: an update keeps only that. */
export function maskChange({ table, row, before, after }: AuditChange): AuditChange {
  const differs = (name: string) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]);
  const kept = before && after ? Object.keys(after).filter(differs) : undefined;
  // A row of settings is told by its key, which does not change: the mask needs to see it.
  const only = (image: Record<string, unknown> | null) => image && maskRow(image, kept ?? Object.keys(image));
  return { table, row, before: only(before), after: only(after) };
}

function maskRow(image: Record<string, unknown>, kept: readonly string[]): Record<string, unknown> {
  const whole = mask(image) as Record<string, unknown>;
  return Object.fromEntries(kept.map((name) => [name, whole[name]]));
}
