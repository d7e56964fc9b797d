/** Groups and who may use them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { orDryRun } from '../../database/in-transaction.ts';
import { staleList, versionOf, type EditOptions } from '../../database/list-version.ts';
import { sqlOf } from '../../database/sql.ts';
import type { RequestContext } from '../../kernel/context.ts';
import { toMillionths } from '../../kernel/millionths.ts';
import { Refusals } from '../../kernel/words/refusal.ts';
import { UserErrorCode, type UserError } from '../../kernel/words/user-error.ts';
import { groupImpacts, readRatios } from './group-impact.ts';
import { GroupRules, mayChoose } from './group-rules.ts';
import { GroupDraft, type GroupValues } from './group-draft.ts';
import { Group } from './group.entity.ts';
import type { GroupInput, GroupsPatch, GroupsPayload } from './group.types.ts';

export const largestGroupRatio = 1_000_000_000_000;      // a million, in millionths

const mostAtOnce = 1_000;

const refused = (userErrors: UserError[]): GroupsPayload => ({ groups: [], affected: [], userErrors });

/** Commas part groups in the compatible API, so none may stand in a name. */
export const isGroupName = (name: string): boolean => name.length <= 64 && /^[^\s,\p{Cc}]+$/u.test(name);

function readValues(input: GroupInput, path: string[], refusals: Refusals): Partial<GroupValues> {
  const ratio = input.ratio == null ? null : toMillionths(input.ratio);
  refusals.unless(isGroupName(input.name), 'group_name_malformed', [...path, 'name']);
  refusals.unless(ratio === null || (ratio !== undefined && ratio >= 0 && ratio <= largestGroupRatio), 'ratio_malformed', [...path, 'ratio'], UserErrorCode.OUT_OF_RANGE, { min: '0', max: '1000000' });
  refusals.unless((input.description?.length ?? 0) <= 255, 'text_too_long', [...path, 'description'], UserErrorCode.TOO_LONG, { max: '255' });
  return {
    ...(ratio != null && { ratioMillionths: ratio }),
    ...(input.selectable != null && { selectable: input.selectable }),
    ...(input.description != null && { description: input.description.trim() }),
  };
}

export class GroupService {
  all(em: EntityManager): Promise<Group[]> {
    return em.find(Group, {}, { orderBy: { name: 'asc' } });
  }

  /** Those that anyone may choose. */
  selectable(em: EntityManager): Promise<Group[]> {
    return em.find(Group, { selectable: true }, { orderBy: { name: 'asc' } });
  }

  /** Those that users of a group may choose, with the ratio and the words that they have for them. To be read, not changed. */
  async usable(em: EntityManager, ownGroup: string): Promise<Group[]> {
    const groups = await em.fork().find(Group, {}, { orderBy: { name: 'asc' } }), rules = await GroupRules.read(sqlOf(em));
    const mine = groups.filter((group) => mayChoose(rules.for(group.name), group, ownGroup));
    for (const group of mine) {
      const { ratios, allowed } = rules.for(group.name);
      group.ratioMillionths = ratios.get(ownGroup) ?? group.ratioMillionths;
      group.description = allowed.get(ownGroup) || group.description;
    }
    return mine;
  }

  async update(ctx: RequestContext, patch: GroupsPatch, { dryRun, expectedVersion }: EditOptions): Promise<GroupsPayload> {
    const refusals = new Refusals(ctx);
    for (const list of ['upsert', 'delete'] as const) refusals.unless((patch[list]?.length ?? 0) <= mostAtOnce, 'too_many_items', ['input', list], UserErrorCode.OUT_OF_RANGE, { max: String(mostAtOnce) });
    const upserts = (patch.upsert ?? []).slice(0, mostAtOnce).map((input, index) => [input.name, readValues(input, ['input', 'upsert', String(index)], refusals)] as const);
    if (refusals.any) return refused(refusals.list);
    return orDryRun(ctx.em, dryRun, async (em) => {
      const draft = await GroupDraft.open(em), stale = await staleList(ctx, sqlOf(em), 'groups', expectedVersion);
      if (stale) return refused([stale]);
      for (const name of patch.delete ?? []) draft.delete(name);
      for (const [name, values] of upserts) draft.patch(name, values);
      await draft.check(em, refusals, ['input', 'delete']);
      if (refusals.any) return refused(refusals.list);
      const before = await readRatios(sqlOf(em));
      await draft.save(em);
      return { groups: await this.all(em), affected: await groupImpacts(sqlOf(em), before, ctx.clock.now()), version: await versionOf(sqlOf(em), 'groups'), userErrors: [] };
    });
  }
}
