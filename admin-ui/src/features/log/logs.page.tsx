import { Button, Paper, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDocumentVisibility, useHotkeys } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogFilter, LogScope, LogType } from '../../gql/graphql.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useLogColumns } from './log-columns.tsx';
import { LogDetailPanel } from './log-detail.tsx';
import { OlderRows } from './older-rows.tsx';
import { useLogTail } from './use-log-tail.ts';

const types: readonly LogType[] = ['CONSUME', 'ERROR', 'TOPUP', 'MANAGE', 'SYSTEM', 'REFUND'];

export const OwnLogsPage = () => <LogsPage scope="SELF" title="log.own" about="log.ownAbout" path="/logs" />;
export const AllLogsPage = () => <LogsPage scope="ANY" title="log.all" about="log.allAbout" path="/admin/logs" />;

interface Props { scope: LogScope; title: string; about: string; path: '/logs' | '/admin/logs' }

function LogsPage({ scope, title, about, path }: Props) {
  const { t } = useTranslation();
  const search = useSearch({ from: `/frame${path}` }), navigate = useNavigate();
  const to = (change: Partial<typeof search>) => void navigate({ to: path, search: { ...search, ...change }, replace: true });
  const [paused, setPaused] = useState(false);
  const visible = useDocumentVisibility() === 'visible';
  const filter = useMemo((): LogFilter => ({
    ...(search.model ? { model: search.model } : {}), ...(search.type ? { types: [search.type as LogType] } : {}), ...(search.q ? { requestId: search.q } : {}),
  }), [search.model, search.type, search.q]);
  const tail = useLogTail(scope, filter, visible && !paused);
  const columns = useLogColumns(scope === 'ANY');
  useHotkeys([['p', () => setPaused((now) => !now)]]);
  const oldest = tail.rows.at(-1);
  return (
    <Page title={t(title)} about={t(about)} actions={<PauseButton paused={paused} onChange={setPaused} />}>
      <SimpleGrid cols={{ base: 1, xs: 3 }} maw={760}>
        <TextInput aria-label={t('log.model')} placeholder={t('log.filterModel')} leftSection={<IconSearch size={16} />} defaultValue={search.model ?? ''} onChange={(event) => to({ model: event.currentTarget.value || undefined })} />
        <Select aria-label={t('log.kind')} placeholder={t('log.filterType')} clearable data={types.map((value) => ({ value, label: t(`log.type_${value}`) }))} value={search.type ?? null} onChange={(type) => to({ type: type ?? undefined })} />
        <TextInput aria-label={t('log.requestId')} placeholder={t('log.requestId')} defaultValue={search.q ?? ''} onChange={(event) => to({ q: event.currentTarget.value.trim() || undefined })} />
      </SimpleGrid>
      {tail.gaps.map((gap) => (
        <Button key={gap.sequenceFrom} variant="light" color="yellow" onClick={() => void tail.load(gap)}>{t('log.gap', { count: gap.dropped })}</Button>
      ))}
      {tail.rows.length === 0 ? <Empty title={t('log.none')}>{t('log.noneAbout')}</Empty> : (
        <Paper withBorder>
          <DataTable label={t(title)} rows={[...tail.rows]} columns={columns} rowId={(row) => row.id} activeId={search.open} onOpen={(row) => to({ open: row.id })} />
        </Paper>
      )}
      {oldest && <OlderRows key={`${oldest.sequence}-${JSON.stringify(filter)}`} scope={scope} filter={filter} before={oldest.sequence} columns={columns} onOpen={(id) => to({ open: id })} />}
      {search.open && <LogDetailPanel id={search.open} onClose={() => to({ open: undefined })} />}
    </Page>
  );
}

function PauseButton({ paused, onChange }: { paused: boolean; onChange: (paused: boolean) => void }) {
  const { t } = useTranslation();
  const Icon = paused ? IconPlayerPlay : IconPlayerPause;
  return <Button variant="default" leftSection={<Icon size={16} />} aria-pressed={paused} title="p" onClick={() => onChange(!paused)}>{t(paused ? 'log.resume' : 'log.pause')}</Button>;
}
