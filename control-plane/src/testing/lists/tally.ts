import { grouped } from './grouped.ts';
import type { ListCase } from './list-cases.ts';

const quantile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
const ascending = (values: readonly number[]): number[] => [...values].sort((one, other) => one - other);

/** Times of cases. On a machine that others load, the best of several rounds says what the work takes. */
export class Tally {
  private readonly times = new Map<string, { each: ListCase; ms: number[] }>();

  add(each: ListCase, ms: number): void {
    const key = `${each.list} ${JSON.stringify(each.variables)}`, found = this.times.get(key) ?? { each, ms: [] };
    found.ms.push(ms);
    this.times.set(key, found);
  }

  /** Cases of which even the best round took longer, the slowest first. */
  slower(thanMs: number): { each: ListCase; ms: number }[] {
    return [...this.times.values()].map(({ each, ms }) => ({ each, ms: Math.min(...ms) })).filter(({ ms }) => ms > thanMs).sort((one, other) => other.ms - one.ms);
  }

  /** A line for each list: p50 and p95 of all rounds, and of the best round of each case. */
  table(): string {
    const lists = grouped(this.times.values(), ({ each }) => each.list);
    const lines = [...lists].map(([list, cases]) => {
      const all = ascending(cases.flatMap(({ ms }) => ms)), best = ascending(cases.map(({ ms }) => Math.min(...ms)));
      return `| ${[list, cases.length, ...[quantile(all, 0.5), quantile(all, 0.95), quantile(best, 0.5), quantile(best, 0.95), best.at(-1)!].map((ms) => ms.toFixed(1))].join(' | ')} |`;
    });
    return ['| list | cases | p50 | p95 | best p50 | best p95 | best worst |', '| --- | --- | --- | --- | --- | --- | --- |', ...lines].join('\n');
  }
}
