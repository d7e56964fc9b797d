/** Patterns of model names become the names that there are: a hundred names are looked through faster than millions of rows. */
import type { Sql } from '../../database/sql.ts';
import { conditionsOf } from './log-filter.ts';
import type { LogFilter } from './log.inputs.ts';

/** Steps from name to name over the index, one probe for each. */
const statement = `with recursive name as (
    (select model from log order by model limit 1)
    union all select (select l.model from log l where l.model > name.model order by l.model limit 1) from name where name.model is not null
  ) select model from name where model is not null`;

/** The filter with whole names instead of patterns. */
export async function withModelNames(sql: Sql, filter: LogFilter): Promise<LogFilter> {
  if (!filter.model && !filter.modelLike) return filter;
  const found = await sql<{ model: string }>(statement), tests = conditionsOf({ model: filter.model, modelLike: filter.modelLike }, {});
  const names = found.map(({ model }) => model).filter((model) => tests.every(({ holds }) => holds({ model } as never)));
  const models = filter.models ? names.filter((name) => filter.models!.includes(name)) : names;
  return Object.assign({}, filter, { model: null, modelLike: null, models });
}
