/** Reads the whole ledger and says what does not add up. The command and the running process use the same code. */
import { auditChecks, type AuditCheck } from './audit-checks.ts';
import type { Sql } from '../../database/sql.ts';

export interface AuditLine {
  check: AuditCheck;
  count: number;
  /** The first findings. */
  examples: string[];
}

const mostExamples = 20;

/** All checks as of one moment. Run it in a transaction of its own, `repeatable read read only`. */
export async function audit(sql: Sql): Promise<AuditLine[]> {
  const lines: AuditLine[] = [];
  for (const check of auditChecks) {
    const rows = await sql<{ finding: string; count: number }>(
      `select finding, count(*) over ()::int as count from (${check.sql}) found order by finding limit ${mostExamples}`);
    lines.push({ check, count: rows[0]?.count ?? 0, examples: rows.map((row) => row.finding) });
  }
  return lines;
}

export const isClean = (lines: readonly AuditLine[]): boolean => lines.every((line) => line.count === 0);

export function printAudit(lines: readonly AuditLine[]): string {
  const text = lines.flatMap(({ check, count, examples }) => [
    `${check.name.padEnd(26)} ${count}`,
    ...(count === 0 ? [] : [`  ${check.meaning}`, ...examples.map((each) => `  - ${each}`), ...(count > examples.length ? [`  … and ${count - examples.length} more`] : [])]),
  ]);
  return [...text, isClean(lines) ? 'The books are clean.' : 'THE BOOKS ARE NOT CLEAN.'].join('\n');
}
