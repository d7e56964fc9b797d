/** A list of rows as a real table; on a phone its rows become cards (base.css). Sorting and paging belong to the server. */
import { ScrollArea } from '@mantine/core';
import { FlexRender, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import type { KeyboardEvent } from 'react';

const features = tableFeatures({});
export type Columns<Row extends object> = ColumnDef<typeof features, Row, unknown>[];

interface Props<Row extends object> {
  /** For screen readers. */
  label: string;
  rows: Row[];
  columns: Columns<Row>;
  rowId: (row: Row) => string;
  activeId?: string | undefined;
  onOpen?: (row: Row) => void;
}

export function DataTable<Row extends object>({ label, rows, columns, rowId, activeId, onOpen }: Props<Row>) {
  const table = useTable({ features, data: rows, columns, getRowId: rowId });
  const open = (row: Row) => (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
  };
  return (
    <ScrollArea type="auto">
      <table className="data-table" aria-label={label}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => <th key={header.id} scope="col" className={cellClass(header.column.columnDef.meta)}><FlexRender header={header} /></th>)}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} data-active={row.id === activeId} data-row-link={onOpen ? true : undefined}
              tabIndex={onOpen ? 0 : undefined} onClick={() => onOpen?.(row.original)} onKeyDown={open(row.original)}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} data-label={headerText(cell.column.columnDef.header)} className={cellClass(cell.column.columnDef.meta)}><FlexRender cell={cell} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

const cellClass = (meta: unknown): string | undefined => (meta as { className?: string } | undefined)?.className;

const headerText = (header: unknown): string | undefined => (typeof header === 'string' ? header : undefined);
