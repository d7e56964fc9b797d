/** Usage over time: one statement for the points, one for the buckets, one for the names. */
import { GraphQLError } from 'graphql';
import type { Sql } from '../../database/sql.ts';
import { UsageInterval, type UsageMetric, type UsageSeriesInput } from './statistics.inputs.ts';
import type { MetricTotal, UsageSeries, UsageSeriesRow } from './statistics.types.ts';
import { labelsOf } from './usage-labels.ts';
import { dimensionSql, metricSql, whereOf, type Span } from './usage-where.ts';

const mostBuckets = 1_000, mostRows = 50;

const bad = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;                                        // the platform says "unknown" by throwing
  }
}

const shortestMs: Record<UsageInterval, number> = { HOUR: 3_600_000, DAY: 23 * 3_600_000, MONTH: 28 * 86_400_000 };

/** Throws BAD_USER_INPUT for what cannot be drawn. */
export function checkSeries({ range, interval, metrics, top }: UsageSeriesInput): void {
  if (range.to <= range.from) throw bad('range.to must lie after range.from');
  if (!isTimeZone(range.timeZone)) throw bad('range.timeZone must be an IANA name such as "Europe/Berlin"');
  if ((range.to.getTime() - range.from.getTime()) / shortestMs[interval] > mostBuckets) throw bad(`A series has at most ${mostBuckets} buckets: take a longer interval`);
  if (metrics.length === 0 || metrics.length > 6) throw bad('metrics takes 1 to 6 of them');
  if (top < 1 || top > mostRows) throw bad(`top must lie between 1 and ${mostRows}`);
}

const buckets = `select (extract(epoch from at at time zone $4) * 1000)::float8 as at
  from generate_series(date_trunc($3, $1::timestamptz at time zone $4), ($2::timestamptz at time zone $4) - interval '1 microsecond', ('1 ' || $3)::interval) at`;

const selected = (metrics: readonly UsageMetric[]) => metrics.map((metric, index) => `coalesce(${metricSql[metric]}, 0)::text as m${index}`).join(', ');

type Point = { at: number; key: string | null } & Record<string, string>;

async function readPoints(sql: Sql, { range, interval, metrics, groupBy, top, filter }: UsageSeriesInput, userId?: number): Promise<Point[]> {
  const { table, text, values } = whereOf(range, filter ?? {}, { userId, by: groupBy }), key = groupBy ? dimensionSql[groupBy] : `''`;
  const next = values.length;
  return sql<Point>(`with largest as (select ${key} as key from ${table} where ${text} group by 1 order by ${metricSql[metrics[0]!]} desc, 1 limit ${top})
    select (extract(epoch from date_trunc($${next + 1}, hour, $${next + 2})) * 1000)::float8 as at, largest.key, ${selected(metrics)}
    from ${table} left join largest on largest.key = ${key} where ${text} group by 1, 2`, [...values, interval.toLowerCase(), range.timeZone]);
}

export async function totalsOf(sql: Sql, span: Span, { metrics, filter }: Pick<UsageSeriesInput, 'metrics' | 'filter'>, userId?: number): Promise<bigint[]> {
  const { table, text, values } = whereOf(span, filter ?? {}, { userId });
  const [row] = await sql<Record<string, string>>(`select ${selected(metrics)} from ${table} where ${text}`, values);
  return metrics.map((_, index) => BigInt(row![`m${index}`]!));
}

const before = ({ from, to }: Span): Span => ({ from: new Date(2 * from.getTime() - to.getTime()), to: from });

async function readTotals(sql: Sql, input: UsageSeriesInput, userId?: number): Promise<MetricTotal[]> {
  const now = await totalsOf(sql, input.range, input, userId);
  const previous = input.compareToPrevious ? await totalsOf(sql, before(input.range), input, userId) : undefined;
  return input.metrics.map((metric, index) => ({ metric, value: now[index]!, previous: previous?.[index] ?? null }));
}

/** @param userId only this user's usage */
export async function readSeries(sql: Sql, input: UsageSeriesInput, userId?: number): Promise<UsageSeries> {
  checkSeries(input);
  const { range, interval, metrics, groupBy } = input;
  const starts = (await sql<{ at: number }>(buckets, [range.from, range.to, interval.toLowerCase(), range.timeZone])).map(({ at }) => at);
  const points = await readPoints(sql, input, userId), place = new Map(starts.map((at, index) => [at, index]));
  const rows = new Map<string | null, bigint[][]>();
  for (const { at, key, ...found } of points) {
    const row = rows.get(key) ?? metrics.map(() => starts.map(() => 0n)), bucket = place.get(at);
    rows.set(key, row);
    if (bucket !== undefined) metrics.forEach((_, index) => { row[index]![bucket] = BigInt(found[`m${index}`]!); });
  }
  const labelOf = groupBy ? await labelsOf(sql, groupBy, [...rows.keys()].filter((key) => key !== null)) : () => ({ label: '', entityId: null });
  const series = [...rows].map(([key, values]): UsageSeriesRow => ({
    key: key ?? '', other: key === null, ...(key === null ? { label: '', entityId: null } : labelOf(key)), values: metrics.map((metric, index) => ({ metric, points: values[index]! })),
  }));
  return { interval, timeZone: range.timeZone, buckets: starts.map((at) => new Date(at)), series: inOrder(series), totals: await readTotals(sql, input, userId) };
}

const sumOf = ({ values }: UsageSeriesRow): bigint => values[0]!.points.reduce((sum, point) => sum + point, 0n);

/** The largest first, what is left over last. */
function inOrder(series: readonly UsageSeriesRow[]): UsageSeriesRow[] {
  const sums = new Map(series.map((row) => [row, sumOf(row)]));
  return [...series].sort((one, other) => Number(one.other) - Number(other.other) || (sums.get(other)! > sums.get(one)! ? 1 : -1));
}
