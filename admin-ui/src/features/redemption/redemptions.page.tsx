import { ActionIcon, Button, Code, Paper, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable, type Columns } from '../../ui/data-table.tsx';
import { formatQuota, formatTime } from '../../ui/format.ts';
import { useKeys } from '../../ui/keyboard.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { StatusSwitch } from '../../ui/status-switch.tsx';
import { useMay, useViewer } from '../session/viewer.ts';
import { RedemptionsDocument } from './redemption.documents.ts';
import { useRedemptionActs, type RedemptionActs, type RedemptionRow } from './use-redemption-acts.tsx';

const route = getRouteApi('/frame/admin/redemption');
const RedemptionEditor = lazy(async () => ({ default: (await import('./redemption-editor.tsx')).RedemptionEditor }));
const pageSize = 20;
/** So that first codes refetch a list that was empty: an empty list names no type. */
const context = { additionalTypenames: ['Redemption'] };

export function RedemptionsPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate(), offset = search.offset ?? 0, mayWrite = useMay('REDEMPTION_WRITE');
  const filter = useMemo(() => (search.q ? { search: search.q } : null), [search.q]);
  const [{ data, error, fetching }, again] = useQuery({ query: RedemptionsDocument, variables: { filter, first: pageSize, offset }, context });
  const [adding, setAdding] = useState(false), [codes, setCodes] = useState<readonly string[]>();
  const acts = useRedemptionActs(), columns = useRedemptionColumns(acts, mayWrite);
  const page = data?.redemptions, rows = page?.nodes ?? [];
  const find = (q: string) => void navigate({ search: { q: q || undefined }, replace: true });
  useKeys(mayWrite ? [{ keys: ['c'], label: 'redemption.add', run: () => setAdding(true) }] : []);
  const add = mayWrite && <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('redemption.add')}</Button>;
  const clear = mayWrite && rows.length > 0 && <Button variant="default" onClick={acts.removeInvalid}>{t('redemption.clear')}</Button>;
  return (
    <Page title={t('redemption.title')} about={t('redemption.about')} actions={<>{clear}{add}</>}>
      <SearchField label={t('redemption.search')} value={search.q ?? ''} onSearch={find} focusKey />
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {page && rows.length === 0 && (search.q || offset ? <NoMatch onClear={() => find('')} /> : <Empty title={t('redemption.none')} action={add}>{t('redemption.noneAbout')}</Empty>)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('redemption.title')} rows={rows} columns={columns} rowId={({ id }) => id}
            acts={mayWrite ? [{ key: 's', label: 'keys.status', run: acts.toggle }, { key: 'Delete', label: 'action.delete', run: acts.remove }] : []} />
        </Paper>
      )}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={page?.pageInfo.hasNextPage ?? false} total={page?.totalCount.value} onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      <Suspense>{adding && <RedemptionEditor onClose={() => setAdding(false)} onCreated={(made) => { setAdding(false); setCodes(made); }} />}</Suspense>
      {codes && <SecretDialog title={t('redemption.madeTitle')} secret={codes.join('\n')} onClose={() => setCodes(undefined)} />}
    </Page>
  );
}

function useRedemptionColumns(acts: RedemptionActs, mayWrite: boolean): Columns<RedemptionRow> {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return useMemo((): Columns<RedemptionRow> => [
    { id: 'name', header: t('redemption.name'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Text size="sm" fw={600} lineClamp={2} title={original.name}>{original.name}</Text> },
    { id: 'status', header: t('redemption.status'), cell: ({ row: { original } }) => (
      <StatusSwitch on={original.status === 'ENABLED'} word={t(`redemption.status_${original.status}`)} name={original.name} disabled={!mayWrite || original.status === 'USED'} onChange={() => acts.toggle(original)} />
    ) },
    { id: 'code', header: t('redemption.code'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => <Code>{original.maskedCode}</Code> },
    { id: 'quota', header: t('redemption.quota'), meta: { className: 'number' }, cell: ({ row: { original } }) => <span title={original.quota}>{formatQuota(original.quota, quotaPerUnit, language)}</span> },
    { id: 'created', header: t('redemption.created'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => formatTime(original.createdAt, language) },
    { id: 'expires', header: t('redemption.expires'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => (original.expiresAt ? formatTime(original.expiresAt, language) : t('redemption.never')) },
    { id: 'redeemed', header: t('redemption.redeemed'), cell: ({ row: { original } }) => (original.redeemedAt ? t('redemption.by', { at: formatTime(original.redeemedAt, language), name: original.redeemedBy?.username ?? '–' }) : '–') },
    { id: 'actions', header: t('redemption.actions'), cell: ({ row: { original } }) => (
      <ActionIcon variant="subtle" color="red" disabled={!mayWrite} aria-label={t('redemption.more', { name: original.name })} title={t('action.delete')} onClick={() => acts.remove(original)}><IconTrash size={16} /></ActionIcon>
    ) },
  ], [t, language, quotaPerUnit, acts, mayWrite]);
}
