import { ActionIcon, Alert, Badge, Button, Group, Menu, Paper, Text } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable, type Columns } from '../../ui/data-table.tsx';
import { formatTime } from '../../ui/format.ts';
import { useKeys } from '../../ui/keyboard.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { StatusSwitch } from '../../ui/status-switch.tsx';
import { useMay } from '../session/viewer.ts';
import type { ModelRow } from './model-form.ts';
import { ModelsDocument } from './model.documents.ts';
import { useModelActs, type ModelActs } from './use-model-acts.tsx';

const route = getRouteApi('/frame/admin/models');
const ModelEditor = lazy(async () => ({ default: (await import('./model-editor.tsx')).ModelEditor }));
const pageSize = 50, shownMissing = 8;
/** So that a first row refetches a list that was empty: an empty list names no type. */
const context = { additionalTypenames: ['ModelMeta'] };

export function ModelsPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate(), offset = search.offset ?? 0, mayWrite = useMay('MODEL_WRITE');
  const filter = useMemo(() => (search.q ? { search: search.q } : null), [search.q]);
  const [{ data, error, fetching }, again] = useQuery({ query: ModelsDocument, variables: { filter, first: pageSize, offset }, context });
  const [edited, setEdited] = useState<ModelRow | 'new'>();
  const acts = useModelActs(setEdited), columns = useModelColumns(acts, mayWrite);
  const page = data?.models, rows = page?.nodes ?? [], missing = data?.missingModels ?? [];
  const find = (q: string) => void navigate({ search: { q: q || undefined }, replace: true });
  useKeys(mayWrite ? [{ keys: ['c'], label: 'model.add', run: () => setEdited('new') }] : []);
  const add = mayWrite && <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('model.add')}</Button>;
  const names = missing.slice(0, shownMissing).join(', ') + (missing.length > shownMissing ? ' …' : '');
  return (
    <Page title={t('model.title')} about={t('model.about')} actions={add}>
      <SearchField label={t('model.search')} value={search.q ?? ''} onSearch={find} focusKey />
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {missing.length > 0 && <Alert color="blue" style={{ overflowWrap: 'anywhere' }}>{t('model.missing', { count: missing.length, names })}</Alert>}
      {page && rows.length === 0 && (search.q || offset ? <NoMatch onClear={() => find('')} /> : <Empty title={t('model.none')} action={add}>{t('model.noneAbout')}</Empty>)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('model.title')} rows={rows} columns={columns} rowId={({ id }) => id} onOpen={mayWrite ? acts.edit : undefined}
            acts={mayWrite ? [{ key: 'e', label: 'action.edit', run: acts.edit }, { key: 's', label: 'keys.status', run: acts.toggle }, { key: 'Delete', label: 'action.delete', run: acts.remove }] : []} />
        </Paper>
      )}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={page?.pageInfo.hasNextPage ?? false} total={page?.totalCount.value} onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      <Suspense>{edited && <ModelEditor key={edited === 'new' ? 'new' : `${edited.id}-${edited.version}`} model={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)}
        onReload={() => { setEdited(undefined); again({ requestPolicy: 'network-only' }); }} />}</Suspense>
    </Page>
  );
}

function useModelColumns(acts: ModelActs, mayWrite: boolean): Columns<ModelRow> {
  const { t, i18n: { language } } = useTranslation();
  return useMemo((): Columns<ModelRow> => [
    { id: 'name', header: t('model.name'), meta: { className: 'long' }, cell: ({ row: { original } }) => <><Text size="sm" fw={600} lineClamp={2} title={original.name}>{original.name}</Text><Text size="xs" c="dimmed" lineClamp={1}>{original.description}</Text></> },
    { id: 'rule', header: t('model.rule'), cell: ({ row: { original } }) => t(`model.rule_${original.nameRule}`) },
    { id: 'vendor', header: t('model.vendor'), cell: ({ row: { original } }) => original.vendor?.name ?? '–' },
    { id: 'status', header: t('model.status'), cell: ({ row: { original } }) => <StatusSwitch on={original.enabled} word={t(original.enabled ? 'model.shown' : 'model.hidden')} name={original.name} disabled={!mayWrite} onChange={() => acts.toggle(original)} /> },
    { id: 'tags', header: t('model.tags'), cell: ({ row: { original } }) => <Group gap={4}>{original.tags.map((tag) => <Badge key={tag} variant="light" tt="none">{tag}</Badge>)}</Group> },
    { id: 'matched', header: t('model.matched'), meta: { className: 'number' }, cell: ({ row: { original } }) => <span title={original.matchedModels.join(', ')}>{original.matchedModels.length}</span> },
    { id: 'updated', header: t('model.updated'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => formatTime(original.updatedAt, language) },
    { id: 'actions', header: t('model.actions'), cell: ({ row: { original } }) => (mayWrite ? <ModelMenu model={original} acts={acts} /> : null) },
  ], [t, language, acts, mayWrite]);
}

function ModelMenu({ model, acts }: { model: ModelRow; acts: ModelActs }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('model.more', { name: model.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.edit(model)}>{t('action.edit')}</Menu.Item>
        <Menu.Item color="red" onClick={() => acts.remove(model)}>{t('action.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
