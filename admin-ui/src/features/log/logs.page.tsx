import { Button, Paper, Stack, VisuallyHidden } from '@mantine/core';
import { useDocumentVisibility } from '@mantine/hooks';
import { IconArrowUp, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogFilter, LogScope } from '../../gql/graphql.ts';
import type { LogSearch } from '../../page-search.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { useKeys } from '../../ui/keyboard.ts';
import { Page } from '../../ui/page.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { gapAbove, type LogRow } from './live-rows.ts';
import { useLogColumns } from './log-columns.tsx';
import { LogFilters } from './log-filters.tsx';
import { useHeldRows } from './use-held-rows.ts';
import { useLogSummary } from './use-log-summary.ts';
import { useLogTail } from './use-log-tail.ts';

const LogDetailPanel = lazy(async () => ({ default: (await import('./log-detail.tsx')).LogDetailPanel }));

export const OwnLogsPage = () => <LogsPage scope="SELF" title="log.own" about="log.ownAbout" path="/logs" />;
export const AllLogsPage = () => <LogsPage scope="ANY" title="log.all" about="log.allAbout" path="/admin/logs" />;

interface Props { scope: LogScope; title: string; about: string; path: '/logs' | '/admin/logs' }

function LogsPage({ scope, title, about, path }: Props) {
  const { t } = useTranslation();
  const search: LogSearch = useSearch({ from: `/frame${path}` }), navigate = useNavigate();
  const to = (change: Partial<LogSearch>) => void navigate({ to: path, search: { ...search, ...change }, replace: true, resetScroll: false });
  const [paused, setPaused] = useState(false);
  const visible = useDocumentVisibility() === 'visible';
  const filter = useMemo((): LogFilter => ({
    ...(search.model ? { model: search.model } : {}), ...(search.type ? { types: [search.type] } : {}), ...(search.q ? { requestId: search.q } : {}),
  }), [search.model, search.type, search.q]);
  const tail = useLogTail(scope, filter, visible && !paused);
  const { shown, waiting, showAll } = useHeldRows(tail.rows);
  const columns = useLogColumns(scope === 'ANY'), summary = useLogSummary(tail.rows);
  const isFiltered = Object.keys(filter).length > 0;
  const walk = (step: number) => () => {
    const next = shown[shown.findIndex(({ id }) => id === search.open) + step];
    if (search.open && next) to({ open: next.id });
  };
  useKeys([
    { keys: ['p'], label: paused ? 'log.resume' : 'log.pause', run: () => setPaused((now) => !now) },
    { keys: ['J'], label: 'keys.next', run: walk(1), inDialogs: true }, { keys: ['K'], label: 'keys.previous', run: walk(-1), inDialogs: true },
  ]);
  const gapNote = (row: LogRow) => {
    const gap = gapAbove(row, shown, tail.gaps);
    return gap && <Button fullWidth variant="subtle" color="orange" onClick={() => void tail.load(gap)}>{t('log.gap', { count: gap.dropped })}</Button>;
  };
  return (
    <Page title={t(title)} about={t(about)} actions={<PauseButton paused={paused} onChange={setPaused} />}>
      <LogFilters search={search} onChange={to} />
      <VisuallyHidden role="status">{summary}</VisuallyHidden>
      {waiting > 0 && <Button className="new-rows" radius="xl" size="xs" leftSection={<IconArrowUp size={14} />} onClick={showAll}>{t('log.waiting', { count: waiting })}</Button>}
      {typeof tail.state === 'object' && <RequestFault error={tail.state} />}
      {tail.state === 'loading' && shown.length === 0 && <Loading />}
      {tail.state === 'ready' && shown.length === 0 && (isFiltered ? <NoMatch onClear={() => to({ q: undefined, model: undefined, type: undefined })} /> : <Empty title={t('log.none')}>{t('log.noneAbout')}</Empty>)}
      {shown.length > 0 && (
        <Stack>
          <Paper withBorder>
            <DataTable label={t(title)} rows={[...shown]} columns={columns} rowId={(row) => row.id} activeId={search.open} onOpen={(row) => to({ open: row.id })} noteAbove={gapNote} />
          </Paper>
          {!tail.isWhole && <Button variant="subtle" onClick={() => void tail.loadOlder()}>{t('log.showOlder')}</Button>}
        </Stack>
      )}
      <Suspense>{search.open && <LogDetailPanel id={search.open} onClose={() => to({ open: undefined })} />}</Suspense>
    </Page>
  );
}

function PauseButton({ paused, onChange }: { paused: boolean; onChange: (paused: boolean) => void }) {
  const { t } = useTranslation();
  const Icon = paused ? IconPlayerPlay : IconPlayerPause;
  return <Button variant="default" leftSection={<Icon size={16} />} title="p" onClick={() => onChange(!paused)}>{t(paused ? 'log.resume' : 'log.pause')}</Button>;
}
