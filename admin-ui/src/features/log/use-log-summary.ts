import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from './live-rows.ts';

const everyMs = 10_000;

/** What a screen reader hears of new rows: their number, at most every ten seconds, and never each row. */
export function useLogSummary(rows: readonly LogRow[]): string {
  const { t } = useTranslation();
  const [told, setTold] = useState('');
  const newestTold = useRef<string>(undefined), latest = useRef(rows), timer = useRef<number>(undefined);
  useEffect(() => {
    latest.current = rows;
    newestTold.current ??= rows[0]?.sequence;
    const known = newestTold.current;
    if (known === undefined || timer.current !== undefined || rows[0]?.sequence === known) return;
    timer.current = window.setTimeout(() => {
      timer.current = undefined;
      const fresh = latest.current.filter(({ sequence }) => BigInt(sequence) > BigInt(known));
      newestTold.current = latest.current[0]?.sequence;
      setTold(t('log.summary', { count: fresh.length, errors: fresh.filter(({ type }) => type === 'ERROR').length }));
    }, everyMs);
  }, [rows, t]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return told;
}
