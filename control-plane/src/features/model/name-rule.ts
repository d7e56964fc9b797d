/** Which models a row of metadata speaks of (management-api 5: name_rule). */
import { registerEnumType } from 'type-graphql';

export enum NameRule { EXACT = 'EXACT', PREFIX = 'PREFIX', CONTAINS = 'CONTAINS', SUFFIX = 'SUFFIX' }
registerEnumType(NameRule, { name: 'NameRule', description: 'How the name of a row is compared with names of models.' });

const rules: Record<NameRule, (model: string, name: string) => boolean> = {
  [NameRule.EXACT]: (model, name) => model === name,
  [NameRule.PREFIX]: (model, name) => model.startsWith(name),
  [NameRule.CONTAINS]: (model, name) => model.includes(name),
  [NameRule.SUFFIX]: (model, name) => model.endsWith(name),
};

export interface NameRow { name: string; nameRule: NameRule }

export const matches = ({ name, nameRule }: NameRow, model: string): boolean => rules[nameRule](model, name);

const order = [NameRule.EXACT, NameRule.PREFIX, NameRule.SUFFIX, NameRule.CONTAINS];

/** Finds the row that speaks for a model: the exact one, else by prefix, suffix and part; the longest name of a rule wins. */
export function rowFinder<Row extends NameRow>(rows: readonly Row[]): (model: string) => Row | undefined {
  const exact = new Map(rows.filter(({ nameRule }) => nameRule === NameRule.EXACT).map((row) => [row.name, row]));
  const others = rows.filter(({ nameRule }) => nameRule !== NameRule.EXACT)
    .toSorted((one, other) => order.indexOf(one.nameRule) - order.indexOf(other.nameRule) || other.name.length - one.name.length);
  return (model) => exact.get(model) ?? others.find((row) => matches(row, model));
}
