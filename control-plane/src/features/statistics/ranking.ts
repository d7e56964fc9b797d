import { GraphQLError } from 'graphql';
import type { Sql } from '../../database/sql.ts';
import { UsageMetric, type UsageRankingInput } from './statistics.inputs.ts';
import type { UsageRankingRow } from './statistics.types.ts';
import { totalsOf } from './series.ts';
import { labelsOf } from './usage-labels.ts';
import { dimensionColumn, metricSql, whereOf } from './usage-where.ts';

/** The largest of a dimension. Throws BAD_USER_INPUT for more than 100. */
export async function readRanking(sql: Sql, { range, dimension, metric, first, filter }: UsageRankingInput): Promise<UsageRankingRow[]> {
  if (first < 1 || first > 100) throw new GraphQLError('first must lie between 1 and 100', { extensions: { code: 'BAD_USER_INPUT' } });
  const { table, text, values } = whereOf(range, filter ?? {}, { by: dimension });
  const rows = await sql<{ key: string; value: string; requests: string }>(`select key::text, value::text, requests::text from (
      select ${dimensionColumn[dimension]} as key, ${metricSql[metric]} as value, ${metricSql[UsageMetric.REQUESTS]} as requests from ${table} where ${text} group by 1 order by 2 desc, 1 limit ${first}
    ) as largest order by largest.value desc, largest.key`, values);
  const [total] = await totalsOf(sql, range, { metrics: [metric], filter }), labelOf = await labelsOf(sql, dimension, rows.map(({ key }) => key));
  return rows.map(({ key, value, requests }, index) => ({
    rank: index + 1, key, ...labelOf(key), value: BigInt(value), requests: BigInt(requests), share: total ? Number(BigInt(value) * 1_000_000n / total) / 1_000_000 : 0,
  }));
}
