import { Button, Paper, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogFilter, LogScope } from '../../gql/graphql.ts';
import { DataTable, type Columns } from '../../ui/data-table.tsx';
import type { LogRow } from './live-rows.ts';
import { useFetchRows } from './use-log-tail.ts';

const step = 50;

interface Props { scope: LogScope; filter: LogFilter; before: string; columns: Columns<LogRow>; onOpen: (id: string) => void }

/** What lies below the live list, brought on demand by sequence number: rows that arrive above cannot shift it. */
export function OlderRows({ scope, filter, before, columns, onOpen }: Props) {
  const { t } = useTranslation();
  const fetchRows = useFetchRows(scope);
  const [rows, setRows] = useState<readonly LogRow[]>([]);
  const [state, setState] = useState<'more' | 'loading' | 'end'>('more');
  const load = async () => {
    setState('loading');
    const below = BigInt(rows.at(-1)?.sequence ?? before) - 1n;
    const more = await fetchRows({ ...filter, sequenceTo: String(below) }, step, 0);
    setRows((known) => [...known, ...more]);
    setState(more.length < step ? 'end' : 'more');
  };
  return (
    <Stack>
      {rows.length > 0 && <Paper withBorder><DataTable label={t('log.older')} rows={[...rows]} columns={columns} rowId={(row) => row.id} onOpen={(row) => onOpen(row.id)} /></Paper>}
      {state !== 'end' && <Button variant="subtle" loading={state === 'loading'} onClick={() => void load()}>{t('log.showOlder')}</Button>}
    </Stack>
  );
}
