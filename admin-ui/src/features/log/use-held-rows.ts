import { useState } from 'react';
import { useScrolledAway } from '../../ui/scrolled-away.ts';
import { heldBack, type LogRow } from './live-rows.ts';

/** New rows enter at the top only while the reader is there; else they wait and are counted. */
export function useHeldRows(rows: readonly LogRow[]) {
  const away = useScrolledAway();
  const [newestSeen, setSeen] = useState<string>();
  const newest = rows[0]?.sequence;
  if (away && newestSeen === undefined && newest !== undefined) setSeen(newest);
  if (!away && newestSeen !== undefined) setSeen(undefined);
  const showAll = () => { setSeen(undefined); window.scrollTo({ top: 0 }); };
  return { ...heldBack(rows, away ? newestSeen : undefined), showAll };
}
