import type { RefObject } from 'react';
import { useKeys } from './keyboard.ts';

/** A key that acts on the row that has the focus. */
export interface RowAct<Row> {
  key: string;
  /** Key of the catalogue. */
  label: string;
  run: (row: Row) => void;
}

/** j, k and the arrows walk the rows; the other keys act on the row that has the focus. */
export function useRowKeys<Row>(body: RefObject<HTMLTableSectionElement | null>, rowOf: (id: string) => Row | undefined, acts: readonly RowAct<Row>[]): void {
  const focused = () => document.activeElement?.closest<HTMLElement>('tr[data-row]') ?? undefined;
  const move = (step: number) => () => {
    const rows = [...body.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? []], from = focused();
    const at = from ? rows.indexOf(from) : -1;
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  };
  const onRow = (run: (row: Row) => void) => () => {
    const row = focused() && rowOf(focused()?.dataset['row'] ?? '');
    if (row) run(row);
  };
  useKeys([
    { keys: ['j'], label: 'keys.down', run: move(1) }, { keys: ['k'], label: 'keys.up', run: move(-1) },
    { keys: ['ArrowDown'], label: 'keys.down', run: move(1) }, { keys: ['ArrowUp'], label: 'keys.up', run: move(-1) },
    ...acts.map(({ key, label, run }) => ({ keys: [key], label, run: onRow(run) })),
  ]);
}
