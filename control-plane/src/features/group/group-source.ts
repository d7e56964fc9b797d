/** Resources `group:<name>`. */
import type { ResourceBody, ResourceSource } from '../relay-link/resource-source.ts';
import type { RelayGroup } from '../relay-link/wire/snapshot.ts';

interface Row { name: string; ratio: string; selectable: boolean }

const select = 'select name, ratio_millionths::text as ratio, selectable from user_group';

function toBody({ name, ratio, selectable }: Row): ResourceBody {
  const group: RelayGroup = { name, ratio: Number(ratio), selectable };
  return { key: name, body: JSON.stringify(group) };
}

export const groupSource: ResourceSource = {
  kind: 'group',
  async *all(sql) { yield (await sql<Row>(`${select} order by name`)).map(toBody); },
  async some(sql, keys) { return (await sql<Row>(`${select} where name = any($1::text[])`, [keys])).map(toBody); },
};
