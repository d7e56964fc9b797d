/** A list of rows as a real table; on a phone its rows become cards (base.css). Sorting and paging belong to the server. */
import { ScrollArea } from '@mantine/core';
import { FlexRender, tableFeatures, useTable, type ColumnDef, type Row as TableRow } from '@tanstack/react-table';
import { Fragment, useRef, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref } from 'react';
import { useRowKeys, type RowAct } from './row-keys.ts';
import { useRowWindow } from './row-window.ts';

const features = tableFeatures({});
export type Columns<Row extends object> = ColumnDef<typeof features, Row, unknown>[];

interface Props<Row extends object> {
  /** For screen readers. */
  label: string;
  rows: Row[];
  columns: Columns<Row>;
  rowId: (row: Row) => string;
  activeId?: string | undefined;
  onOpen?: ((row: Row) => void) | undefined;
  /** Keys that act on the row that has the focus. */
  acts?: readonly RowAct<Row>[];
  /** What stands between this row and the one above it. */
  noteAbove?: (row: Row) => ReactNode;
}

export function DataTable<Row extends object>({ label, rows, columns, rowId, activeId, onOpen, acts = [], noteAbove }: Props<Row>) {
  const table = useTable({ features, data: rows, columns, getRowId: rowId });
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, (id) => rows.find((row) => rowId(row) === id), acts);
  const { shown, before, after, measure } = useRowWindow(body, table.getRowModel().rows);
  return (
    <ScrollArea type="auto">
      <table className="data-table" aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => <th key={header.id} scope="col" className={cellClass(header.column.columnDef.meta)}><FlexRender header={header} /></th>)}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          <Space height={before} />
          {shown.map((row) => {
            const note = noteAbove?.(row.original);
            return (
              <Fragment key={row.id}>
                {note && <tr className="note"><td colSpan={columns.length}>{note}</td></tr>}
                <DataRow row={row} active={row.id === activeId} reachable={row === shown[0]} onOpen={onOpen} measure={measure} />
              </Fragment>
            );
          })}
          <Space height={after} />
        </tbody>
      </table>
    </ScrollArea>
  );
}

interface RowProps<Row extends object> {
  row: TableRow<typeof features, Row>;
  active: boolean;
  /** By Tab; the others by arrows, so that Tab does not walk through a whole list. */
  reachable: boolean;
  onOpen: ((row: Row) => void) | undefined;
  measure: Ref<HTMLTableRowElement> | undefined;
}

function DataRow<Row extends object>({ row, active, reachable, onOpen, measure }: RowProps<Row>) {
  const click = (event: MouseEvent<HTMLTableRowElement>) => { if (isOwn(event)) onOpen?.(row.original); };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row.original);
  };
  return (
    <tr ref={measure} data-index={row.index} data-row={row.id} data-active={active} data-row-link={onOpen ? true : undefined} aria-rowindex={row.index + 2}
      tabIndex={reachable ? 0 : -1} onClick={click} onKeyDown={onKey}>
      {row.getAllCells().map((cell) => (
        <td key={cell.id} data-label={headerText(cell.column.columnDef.header)} className={cellClass(cell.column.columnDef.meta)}><FlexRender cell={cell} /></td>
      ))}
    </tr>
  );
}

const Space = ({ height }: { height: number }) => (height > 0 ? <tr aria-hidden style={{ height }} /> : null);

/** Not of a button in the row, nor of a menu that stands elsewhere in the document. */
function isOwn({ target, currentTarget }: MouseEvent): boolean {
  return target instanceof Element && currentTarget.contains(target) && target.closest('button, a, input, label') === null;
}

const cellClass = (meta: unknown): string | undefined => (meta as { className?: string } | undefined)?.className;

const headerText = (header: unknown): string | undefined => (typeof header === 'string' ? header : undefined);
