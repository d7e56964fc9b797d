import { ActionIcon, Button, Menu, Paper, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { DataTable, type Columns } from '../../ui/data-table.tsx';
import { formatDate } from '../../ui/format.ts';
import { useKeys } from '../../ui/keyboard.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { useSeenVersion, type SeenVersion } from '../../ui/seen-version.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { showRefusals } from '../../ui/toast.ts';
import { dollarsOf, type PriceRow } from './price-form.ts';
import { PricesDocument, PricesUpdateDocument } from './price.documents.ts';

const route = getRouteApi('/frame/admin/prices');
const PriceEditor = lazy(async () => ({ default: (await import('./price-editor.tsx')).PriceEditor }));
const pageSize = 50;
/** Prices have no ids: a change asks for the page again. */
const context = { additionalTypenames: ['Price'] };

interface Acts { edit: (price: PriceRow) => void; remove: (price: PriceRow) => void }

export function PricesPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate(), offset = search.offset ?? 0;
  const [{ data, error, fetching }, again] = useQuery({ query: PricesDocument, variables: { search: search.q ?? null, first: pageSize, offset }, context });
  const [edited, setEdited] = useState<PriceRow | 'new'>();
  const seen = useSeenVersion(data?.pricesVersion), acts = usePriceActs(setEdited, seen.note), columns = usePriceColumns(acts);
  const page = data?.prices, rows = page?.nodes ?? [];
  const find = (q: string) => void navigate({ search: { q: q || undefined }, replace: true });
  useKeys([{ keys: ['c'], label: 'price.add', run: () => setEdited('new') }]);
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('price.add')}</Button>;
  return (
    <Page title={t('price.title')} about={t('price.about')} actions={add}>
      <SearchField label={t('price.search')} value={search.q ?? ''} onSearch={find} focusKey />
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {page && rows.length === 0 && (search.q || offset ? <NoMatch onClear={() => find('')} /> : <Empty title={t('price.none')} action={add}>{t('price.noneAbout')}</Empty>)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('price.title')} rows={rows} columns={columns} rowId={({ model }) => model} onOpen={acts.edit}
            acts={[{ key: 'e', label: 'action.edit', run: acts.edit }, { key: 'Delete', label: 'action.delete', run: acts.remove }]} />
        </Paper>
      )}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={page?.pageInfo.hasNextPage ?? false} total={page?.totalCount.value} onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      <Suspense>{edited && <PriceEditor key={edited === 'new' ? 'new' : edited.model} price={edited === 'new' ? undefined : edited} seen={seen} onClose={() => setEdited(undefined)} />}</Suspense>
    </Page>
  );
}

function usePriceActs(edit: (price: PriceRow) => void, note: SeenVersion['note']): Acts {
  const { t } = useTranslation();
  const client = useClient();
  return useMemo(() => {
    const erase = async (model: string) => {
      const { data, error } = await client.mutation(PricesUpdateDocument, { input: { delete: [model] } }, context).toPromise();
      note(data?.pricesUpdate.version);
      showRefusals(data?.pricesUpdate.userErrors, error);
    };
    const remove = ({ model }: PriceRow) => modals.openConfirmModal({
      title: t('price.deleteTitle', { name: model }), children: <Text size="sm">{t('price.deleteAbout')}</Text>,
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' }, onConfirm: () => void erase(model),
    });
    return { edit, remove };
  }, [client, t, edit, note]);
}

function usePriceColumns(acts: Acts): Columns<PriceRow> {
  const { t, i18n: { language } } = useTranslation();
  return useMemo((): Columns<PriceRow> => {
    const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 6 });
    const tokens = ({ mode, effective }: PriceRow, times: (effective: NonNullable<PriceRow['effective']>) => string | null | undefined) =>
      (mode === 'RATIO' && effective?.modelRatio ? money.format(dollarsOf(effective.modelRatio, times(effective) ?? '1')) : '–');
    return [
      { id: 'model', header: t('price.model'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Text size="sm" fw={600} miw="14ch" style={{ overflowWrap: 'anywhere' }}>{original.model}</Text> },
      { id: 'paid', header: t('price.paid'), meta: { className: 'nowrap' }, cell: ({ row: { original: { mode } } }) => (mode ? t(`price.mode_${mode}`) : t('price.noMode')) },
      { id: 'input', header: t('price.input'), meta: { className: 'number' }, cell: ({ row: { original } }) => tokens(original, () => '1') },
      { id: 'output', header: t('price.output'), meta: { className: 'number' }, cell: ({ row: { original } }) => tokens(original, ({ completionRatio }) => completionRatio) },
      { id: 'cached', header: t('price.cached'), meta: { className: 'number' }, cell: ({ row: { original } }) => tokens(original, ({ cacheRatio }) => cacheRatio) },
      { id: 'call', header: t('price.call'), meta: { className: 'number' }, cell: ({ row: { original: { set } } }) => (set.callPrice == null ? '–' : money.format(Number(set.callPrice))) },
      { id: 'since', header: t('price.since'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => formatDate(original.since, language) },
      { id: 'actions', header: t('price.actions'), cell: ({ row: { original } }) => <PriceMenu price={original} acts={acts} /> },
    ];
  }, [t, language, acts]);
}

function PriceMenu({ price, acts }: { price: PriceRow; acts: Acts }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('price.more', { name: price.model })}><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.edit(price)}>{t('action.edit')}</Menu.Item>
        <Menu.Item color="red" onClick={() => acts.remove(price)}>{t('action.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
