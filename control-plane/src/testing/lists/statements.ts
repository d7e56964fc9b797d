/** What work asks PostgreSQL, and how PostgreSQL went about it. */
import pg from 'pg';

export interface Asked { text: string; values: unknown[] }

/** The reading statements that the work sends, at the driver, so that no layer's are missed. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const { query } = pg.Client.prototype, found: Asked[] = []; // oxlint-disable-line typescript/unbound-method -- put back below
  pg.Client.prototype.query = function noted(this: pg.Client, ...given: unknown[]) {
    const [asked, values] = given, text = typeof asked === 'string' ? asked : (asked as { text?: string }).text ?? '';
    if (/^\s*(select|with)\b/i.test(text)) found.push({ text, values: (Array.isArray(values) ? values : (asked as { values?: unknown[] }).values) ?? [] });
    return Reflect.apply(query, this, given) as unknown;
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return found;
}

interface PlanNode { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; 'Rows Removed by Index Recheck'?: number; Plans?: PlanNode[] }

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

export interface Looked { visited: number; scans: string[] }

/** How many rows of the tables were touched, and which of them were read from end to end. */
export async function look(client: pg.Client, { text, values }: Asked, tables: RegExp): Promise<Looked> {
  const { rows: [row] } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, format json) ${text}`, values);
  const reads = nodesOf(row!['QUERY PLAN'][0].Plan).filter((node) => tables.test(node['Relation Name'] ?? ''));
  const visited = reads.reduce((sum, node) => sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)), 0);
  return { visited, scans: reads.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] > 0).map((node) => node['Relation Name']!) };
}

/** For people: the plan with times, rows and pages. */
export async function explain(client: pg.Client, { text, values }: Asked): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers, summary off) ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
