/** What a change of groups does to prices: each ratio multiplies every price in its group. */
import { Field, ObjectType } from 'type-graphql';
import type { Sql } from '../../database/sql.ts';
import { fromMillionths } from '../../kernel/millionths.ts';
import { Decimal, Quota } from '../../kernel/scalars.ts';
import { GroupRules } from './group-rules.ts';

@ObjectType({ description: 'A ratio that changes. Every price in the group changes by as much.' })
export class GroupImpact {
  @Field(() => String, { description: 'The group that serves.' })
  group!: string;

  @Field(() => String, { nullable: true, description: 'For users of this group only; null: for everybody who has no ratio of their own there.' })
  userGroup!: string | null;

  @Field(() => Decimal, { nullable: true, description: 'The ratio as it was; null: there was no such group.' })
  before!: string | null;

  @Field(() => Decimal, { nullable: true, description: 'The ratio as it becomes; null: there is no such group any more.' })
  after!: string | null;

  @Field(() => Quota, { nullable: true, description: 'What was charged in the group in the last seven days; null where the ratio is one of some users only.' })
  spent!: bigint | null;

  @Field(() => Quota, { nullable: true, description: 'About what would have been charged at the new ratio; null where that cannot be told.' })
  wouldHaveSpent!: bigint | null;
}

interface Ratio { group: string; userGroup: string | null; millionths: number }

/** Every ratio there is, by what it is of. Inside a transaction: as that has changed them. */
export type Ratios = ReadonlyMap<string, Ratio>;

const keyOf = (group: string, userGroup: string | null): string => JSON.stringify([group, userGroup]);

export async function readRatios(sql: Sql): Promise<Ratios> {
  const groups = await sql<{ name: string; millionths: number }>('select name, ratio_millionths::float8 as millionths from user_group'), rules = await GroupRules.read(sql);
  const all = groups.flatMap(({ name: group, millionths }): Ratio[] =>
    [{ group, userGroup: null, millionths }, ...[...rules.for(group).ratios].map(([userGroup, own]) => ({ group, userGroup, millionths: own }))]);
  return new Map(all.map((ratio) => [keyOf(ratio.group, ratio.userGroup), ratio]));
}

/** What users of a group pay: their own ratio there, or everybody's. */
const ratioOf = (ratios: Ratios, { group, userGroup }: Pick<Ratio, 'group' | 'userGroup'>): number | null =>
  (ratios.get(keyOf(group, userGroup)) ?? ratios.get(keyOf(group, null)))?.millionths ?? null;

const text = (millionths: number | null): string | null => (millionths === null ? null : fromMillionths(millionths));

async function spentIn(sql: Sql, groups: readonly string[], now: Date): Promise<Map<string, bigint>> {
  const rows = await sql<{ name: string; spent: string }>(`select group_name as name, sum(quota)::text as spent from usage_hour_total
    where hour >= $2::timestamptz - interval '7 days' and group_name = any($1::text[]) group by 1`, [groups, now]);
  return new Map(rows.map(({ name, spent }) => [name, BigInt(spent)]));
}

/** Ordered by group; nothing for what stays. */
export async function groupImpacts(sql: Sql, before: Ratios, now: Date): Promise<GroupImpact[]> {
  const after = await readRatios(sql), places = new Map([...before, ...after].map(([key, { group, userGroup }]) => [key, { group, userGroup }]));
  const changed = [...places.values()].filter((place) => ratioOf(before, place) !== ratioOf(after, place));
  if (changed.length === 0) return [];
  const spending = await spentIn(sql, changed.map(({ group }) => group), now);
  return changed.sort((one, other) => (keyOf(one.group, one.userGroup) < keyOf(other.group, other.userGroup) ? -1 : 1)).map((place) => {
    const was = ratioOf(before, place), becomes = ratioOf(after, place), spent = place.userGroup === null ? (spending.get(place.group) ?? 0n) : null;
    const wouldHaveSpent = spent !== null && was !== null && was > 0 && becomes !== null ? spent * BigInt(becomes) / BigInt(was) : null;
    return Object.assign(new GroupImpact(), { ...place, before: text(was), after: text(becomes), spent, wouldHaveSpent });
  });
}
