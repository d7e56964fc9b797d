import type { RequestContext } from '../../kernel/context.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { readId } from '../../kernel/typed-id.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { Vendor } from '../vendor/vendor.entity.ts';
import { readEndpoints } from './endpoint-text.ts';
import type { ModelPatch } from './model.types.ts';

const longestName = 128, longestText = 10_000, longestTags = 255, longestIcon = 2_048;

export async function checkModel(ctx: RequestContext, { name, description, icon, tags, endpoints, vendorId }: ModelPatch): Promise<Refusals> {
  const faults = new Refusals(ctx), tooLong = UserErrorCode.TOO_LONG;
  if (name !== undefined) faults.unless(Boolean(name?.trim()), 'name_required', ['input', 'name'], UserErrorCode.REQUIRED);
  faults.unless((name?.trim().length ?? 0) <= longestName, 'name_too_long', ['input', 'name'], tooLong, { max: String(longestName) });
  faults.unless((description?.length ?? 0) <= longestText, 'text_too_long', ['input', 'description'], tooLong, { max: String(longestText) });
  faults.unless((icon?.length ?? 0) <= longestIcon, 'text_too_long', ['input', 'icon'], tooLong, { max: String(longestIcon) });
  faults.unless((tags ?? []).join(',').length <= longestTags, 'text_too_long', ['input', 'tags'], tooLong, { max: String(longestTags) });
  faults.unless((tags ?? []).every((tag) => !tag.includes(',')), 'field_invalid', ['input', 'tags']);
  faults.unless((endpoints?.length ?? 0) <= longestText && readEndpoints(endpoints ?? '') !== undefined, 'endpoints_malformed', ['input', 'endpoints']);
  if (vendorId != null) {
    const vendor = await ctx.em.count(Vendor, { id: readId('vendor', vendorId) });
    faults.unless(vendor === 1, 'vendor_unknown', ['input', 'vendorId'], UserErrorCode.NOT_FOUND);
  }
  return faults;
}
