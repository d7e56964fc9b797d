/** Medians with lowest and highest, and what they are beside the others. */
import type { Cost } from './round.ts';

export interface Result { name: string; json: Cost[]; stream: Cost[]; idleBytes: number | undefined }

const sorted = (values: readonly number[]): number[] => values.toSorted((one, other) => one - other);
export const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;

function spread(values: readonly number[], digits = 1): string {
  const all = sorted(values);
  return values.length ? `${median(values).toFixed(digits)} (${all[0]!.toFixed(digits)}–${all.at(-1)!.toFixed(digits)})` : '–';
}

function ratio(mine: readonly Cost[], other: readonly Cost[] | undefined): string {
  return mine.length && other?.length ? (median(mine.map((cost) => cost.micros)) / median(other.map((cost) => cost.micros))).toFixed(2) : '–';
}

export function table(results: readonly Result[]): string {
  const nginx = results.find((result) => result.name === 'nginx');
  const rows = [
    ['gateway', 'answers/s', 'CPU µs/answer', '÷ nginx', 'events/s', 'CPU µs/event', '÷ nginx', 'KB/idle stream'],
    ...results.map(({ name, json, stream, idleBytes }) => [
      name, median(json.map((cost) => cost.perSecond)).toFixed(0), spread(json.map((cost) => cost.micros)), ratio(json, nginx?.json),
      median(stream.map((cost) => cost.perSecond)).toFixed(0), spread(stream.map((cost) => cost.micros)), ratio(stream, nginx?.stream),
      idleBytes === undefined ? '–' : (idleBytes / 1_024).toFixed(1),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

/** The targets of the issue, and whether this run reached them. */
export function verdicts(results: readonly Result[]): string[] {
  const of = (start: string) => results.find((result) => result.name.startsWith(start));
  const weir = of('Weir'), nginx = of('nginx'), portkey = of('Portkey');
  if (!weir) return [];
  const line = (what: string, value: number, limit: number, least = false): string =>
    `${(least ? value >= limit : value <= limit) ? 'reached    ' : 'not reached'}  ${what}: ${value.toFixed(2)} (target ${least ? '≥' : '≤'} ${limit})`;
  const micros = (costs: readonly Cost[]): number => median(costs.map((cost) => cost.micros));
  return [
    ...(nginx ? [line('JSON, CPU against nginx', micros(weir.json) / micros(nginx.json), 2), line('SSE event, CPU against nginx', micros(weir.stream) / micros(nginx.stream), 1.5)] : []),
    ...(portkey ? [line('JSON, times less CPU than Portkey', micros(portkey.json) / micros(weir.json), 12, true)] : []),
    ...(weir.idleBytes === undefined ? [] : [line('KB for an idle stream', weir.idleBytes / 1_024, 10)]),
  ];
}
