/** Resources `group:<name>`. */
import type { Sql } from '../../database/sql.ts';
import type { ResourceBody, ResourceSource } from '../relay-link/resource-source.ts';
import type { RelayGroup } from '../relay-link/wire/snapshot.ts';
import { GroupRules } from './group-rules.ts';

interface Row { name: string; ratio: string; selectable: boolean }

const select = 'select name, ratio_millionths::text as ratio, selectable from user_group';

/** Everything in one order: the same rules give the same text. */
function toBody({ name, ratio, selectable }: Row, rules: GroupRules): ResourceBody {
  const rule = rules.for(name);
  const group: RelayGroup = {
    name, ratio: Number(ratio), selectable,
    ratios: [...rule.ratios].sort(([one], [other]) => (one < other ? -1 : 1)).map(([userGroup, special]) => ({ userGroup, ratio: special })),
    allowed: [...rule.allowed.keys()].sort(), refused: [...rule.refused].sort(),
  };
  return { key: name, body: JSON.stringify(group) };
}

async function bodies(sql: Sql, rows: readonly Row[]): Promise<ResourceBody[]> {
  const rules = await GroupRules.read(sql);
  return rows.map((row) => toBody(row, rules));
}

export const groupSource: ResourceSource = {
  kind: 'group',
  async *all(sql) { yield await bodies(sql, await sql<Row>(`${select} order by name`)); },
  async some(sql, keys) { return bodies(sql, await sql<Row>(`${select} where name = any($1::text[])`, [keys])); },
};
