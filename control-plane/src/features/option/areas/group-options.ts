/** Exceptions between groups (semantics 1.4, 11.6): another ratio, or other groups to choose, for users of one group. */
import { z } from 'zod';
import { isStorable } from '../../../kernel/storable.ts';
import { json } from '../json-option.ts';
import type { OptionSpec } from '../option-spec.ts';

const group = z.string().regex(/^[^\s,\p{Cc}]{1,64}$/u, 'the name of a group').refine(isStorable);
/** Six places: what a ratio keeps. */
const ratio = z.number().min(0).max(1_000_000).refine((value) => Number(value.toFixed(6)) === value, 'a ratio with at most six places');
const choice = z.string().regex(/^([+-]:)?[^\s,\p{Cc}]{1,64}$/u, 'the name of a group, with +: or -: in front');

/** Group of the user → group that serves → ratio instead of that of the group. */
export const groupRatioForm = z.record(group, z.record(group, ratio));
/** Group of the user → group, `+:` adds and `-:` removes it → what it is called. */
export const specialGroupForm = z.record(group, z.record(choice, z.string().max(255).refine(isStorable)));

export const groupOptions = {
  GroupGroupRatio: json('{}', groupRatioForm, { describe: 'Group of the user to group that serves to ratio: replaces the ratio of the group.', groups: true }),
  'group_ratio_setting.group_special_usable_group': json('{}', specialGroupForm, { describe: 'Group of the user to groups that it may choose beside the usual ones (+:name), or not (-:name), each with its description.', groups: true }),
} satisfies Record<string, OptionSpec>;
