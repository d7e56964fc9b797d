/** Exceptions between groups, as the options have them: who gets another ratio, and who may choose what. */
import type { Sql } from '../../database/sql.ts';
import { groupRatioForm, specialGroupForm } from '../option/areas/group-options.ts';
import { readOptions } from '../option/option-values.ts';

/** What one group is to users of others. */
export interface GroupRule {
  /** By the group of the user, in millionths. */
  ratios: Map<string, number>;
  /** Groups whose users may choose it though it is not selectable, with what they read. */
  allowed: Map<string, string>;
  /** Groups whose users may not choose it though it is. */
  refused: Set<string>;
}

const none: GroupRule = { ratios: new Map(), allowed: new Map(), refused: new Set() };

export class GroupRules {
  private readonly rules = new Map<string, GroupRule>();

  static async read(sql: Sql): Promise<GroupRules> {
    const values = await readOptions(sql, ['GroupGroupRatio', 'group_ratio_setting.group_special_usable_group']), rules = new GroupRules();
    for (const [user, groups] of Object.entries(groupRatioForm.parse(JSON.parse(values.get('GroupGroupRatio')!)))) {
      for (const [group, ratio] of Object.entries(groups)) rules.of(group).ratios.set(user, Math.round(ratio * 1_000_000));
    }
    for (const [user, choices] of Object.entries(specialGroupForm.parse(JSON.parse(values.get('group_ratio_setting.group_special_usable_group')!)))) {
      for (const [choice, words] of Object.entries(choices)) {
        const group = choice.replace(/^[+-]:/, '');
        if (choice.startsWith('-:')) rules.of(group).refused.add(user);
        else rules.of(group).allowed.set(user, words);
      }
    }
    return rules;
  }

  for(group: string): GroupRule { return this.rules.get(group) ?? none; }

  private of(group: string): GroupRule {
    let rule = this.rules.get(group);
    if (!rule) this.rules.set(group, (rule = { ratios: new Map(), allowed: new Map(), refused: new Set() }));
    return rule;
  }
}

/** The own group always; another when it is selectable or allowed, and not refused. */
export function mayChoose(rule: GroupRule, group: { name: string; selectable: boolean }, userGroup: string): boolean {
  return group.name === userGroup || rule.allowed.has(userGroup) || (group.selectable && !rule.refused.has(userGroup));
}
