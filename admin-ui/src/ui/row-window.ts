import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState, type Ref, type RefObject } from 'react';

/** Below this many, all rows are in the document, so that the browser's own search finds them. */
const mostWhole = 100;
const rowHeight = 45;

interface RowWindow<Row> { shown: Row[]; before: number; after: number; measure: Ref<HTMLTableRowElement> | undefined }

/** Of a long list only the rows near the window are in the document; `before` and `after` are the pixels of the others. */
export function useRowWindow<Row>(body: RefObject<HTMLElement | null>, rows: Row[]): RowWindow<Row> {
  const isLong = rows.length > mostWhole;
  const [scrollMargin, setMargin] = useState(0);
  useLayoutEffect(() => { if (isLong && body.current) setMargin(body.current.getBoundingClientRect().top + window.scrollY); }, [body, isLong]);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => rowHeight, overscan: 15, scrollMargin, enabled: isLong });
  if (!isLong) return { shown: rows, before: 0, after: 0, measure: undefined };
  const items = virtual.getVirtualItems(), first = items[0], last = items.at(-1);
  return {
    shown: items.flatMap(({ index }) => rows[index] ?? []),
    before: first ? first.start - scrollMargin : 0,
    after: last ? virtual.getTotalSize() - (last.end - scrollMargin) : 0,
    measure: virtual.measureElement,
  };
}
