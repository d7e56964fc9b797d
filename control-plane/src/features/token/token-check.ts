/** What the limits of a token may say. */
import { sqlOf } from '../../database/sql.ts';
import { readRange } from '../../kernel/http/client-address.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { largestQuota } from '../../kernel/limits.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode } from '../../kernel/words/user-error.ts';
import { GroupRules, mayChoose } from '../group/group-rules.ts';
import { Group } from '../group/group.entity.ts';
import { User } from '../user/user.entity.ts';
import type { TokenPatch } from './token.inputs.ts';

const longestList = 1_000, longestModel = 255, longestNameBytes = 50;

/** The own group, and those that its users may choose (semantics 2.4). */
async function mayUseGroup(ctx: RequestContext, ownerId: number, name: string): Promise<boolean> {
  const group = await ctx.em.findOne(Group, { name });
  // The group that stands for others (semantics 3.3): which of them serve is for the relay to see, request by request.
  if (!group) return name === 'auto';
  const owner = await ctx.em.findOne(User, { id: ownerId }), rules = await GroupRules.read(sqlOf(ctx.em));
  return owner !== null && mayChoose(rules.for(name), group, owner.group);
}

export async function checkToken(ctx: RequestContext, ownerId: number, fields: TokenPatch): Promise<Refusals> {
  const faults = new Refusals(ctx), { name, quota, allowIps, group } = fields, models = fields.models ?? fields.modelList;
  if (name != null) faults.unless(Buffer.byteLength(name) <= longestNameBytes, 'name_too_long', ['input', 'name'], UserErrorCode.TOO_LONG, { max: String(longestNameBytes) });
  if (quota != null) faults.unless(quota >= 0n && quota <= largestQuota, 'quota_range', ['input', 'quota'], UserErrorCode.OUT_OF_RANGE, { min: '0', max: String(largestQuota) });
  faults.unless((models?.length ?? 0) <= longestList, 'too_many_items', ['input', 'models'], UserErrorCode.TOO_LONG, { max: String(longestList) });
  faults.unless((allowIps?.length ?? 0) <= longestList, 'too_many_items', ['input', 'allowIps'], UserErrorCode.TOO_LONG, { max: String(longestList) });
  if (faults.any) return faults;
  models?.forEach((model, index) => faults.unless(model.length > 0 && model.length <= longestModel, 'field_invalid', ['input', 'models', String(index)]));
  allowIps?.forEach((text, index) => faults.unless(readRange(text.trim()) !== undefined, 'address_malformed', ['input', 'allowIps', String(index)]));
  if (group) faults.unless(await mayUseGroup(ctx, ownerId, group), 'group_unusable', ['input', 'group'], UserErrorCode.NOT_ALLOWED);
  return faults;
}
