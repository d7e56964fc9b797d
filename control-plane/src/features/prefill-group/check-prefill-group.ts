import type { RequestContext } from '../../kernel/context.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { PrefillType } from './prefill-group.entity.ts';
import type { PrefillGroupPatch } from './prefill-group.types.ts';

const longestName = 64, longestDescription = 255, mostItems = 5_000, longestItem = 255, longestText = 200_000;

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '' && value.length <= longestItem;

/** A path, or what stands for path and method. */
const isEndpoint = (value: unknown): boolean =>
  isText(value) || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText));

function fits(text: string, type: PrefillType): boolean {
  let value: unknown;
  try { value = JSON.parse(text); } catch { return false; }
  if (Array.isArray(value)) return value.length <= mostItems && value.every(isText);
  if (typeof value !== 'object' || value === null || type !== PrefillType.ENDPOINT) return false;
  const members = Object.entries(value);
  return members.length <= mostItems && members.every(([name, endpoint]) => isText(name) && isEndpoint(endpoint));
}

/** @param type that the group will have */
export function checkPrefillGroup(ctx: RequestContext, { name, items, description }: PrefillGroupPatch, type: PrefillType | null): Refusals {
  const faults = new Refusals(ctx);
  if (name !== undefined) faults.unless(Boolean(name?.trim()), 'name_required', ['input', 'name'], UserErrorCode.REQUIRED);
  faults.unless((name?.trim().length ?? 0) <= longestName, 'name_too_long', ['input', 'name'], UserErrorCode.TOO_LONG, { max: String(longestName) });
  faults.unless(type !== null, 'value_required', ['input', 'type'], UserErrorCode.REQUIRED, { allowed: Object.values(PrefillType) });
  if (items != null && type) faults.unless(items.length <= longestText && fits(items, type), 'prefill_items', ['input', 'items']);
  faults.unless((description?.length ?? 0) <= longestDescription, 'text_too_long', ['input', 'description'], UserErrorCode.TOO_LONG, { max: String(longestDescription) });
  return faults;
}
