import { Button, Paper } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { DataTable } from '../../ui/data-table.tsx';
import { useKeys } from '../../ui/keyboard.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { useMay } from '../session/viewer.ts';
import { useChannelColumns } from './channel-columns.tsx';
import type { ChannelRow, ChannelTypeRow } from './channel-row.ts';
import { ChannelsDocument } from './channel.documents.ts';
import { TestAll } from './test-all.tsx';
import { useChannelActs } from './use-channel-acts.tsx';

const route = getRouteApi('/frame/node/channels');
/** Fields and their parts are half of this page, and most visits only look. */
const ChannelEditor = lazy(async () => ({ default: (await import('./channel-editor.tsx')).ChannelEditor }));
const pageSize = 20;
/** So that a first channel refetches a list that was empty: an empty list names no type. */
const context = { additionalTypenames: ['Channel'] };
const noTypes: readonly ChannelTypeRow[] = [];

export function ChannelsPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate(), client = useClient();
  const offset = search.offset ?? 0;
  const filter = useMemo(() => (search.q ? { search: search.q } : null), [search.q]);
  const variables = { filter, first: pageSize, offset };
  const [{ data, error, fetching }, again] = useQuery({ query: ChannelsDocument, variables, context });
  const [edited, setEdited] = useState<ChannelRow | 'new'>();
  const mayWrite = useMay('CHANNEL_WRITE'), mayTest = useMay('CHANNEL_TEST'), refresh = useCallback(() => again({ requestPolicy: 'network-only' }), [again]);
  const types = data?.channelTypes ?? noTypes, rows = data?.channels.nodes ?? [];
  const acts = useChannelActs(setEdited), columns = useChannelColumns(types, acts);
  const find = (q: string) => void navigate({ search: { q: q || undefined }, replace: true });
  const reload = async ({ id }: ChannelRow) => {
    const fresh = await client.query(ChannelsDocument, variables, { requestPolicy: 'network-only' }).toPromise();
    setEdited(fresh.data?.channels.nodes.find((row) => row.id === id));
  };
  const changing = [{ key: 'e', label: 'action.edit', run: acts.edit }, { key: 's', label: 'keys.status', run: acts.toggle }, { key: 'Delete', label: 'action.delete', run: acts.remove }];
  useKeys(mayWrite ? [{ keys: ['c'], label: 'channel.add', run: () => setEdited('new') }] : []);
  const add = mayWrite && <Button leftSection={<IconPlus size={16} />} disabled={!data} onClick={() => setEdited('new')}>{t('channel.add')}</Button>;
  return (
    <Page title={t('channel.title')} about={t('channel.about')} actions={<>{mayTest && rows.length > 0 && <TestAll onEnd={refresh} />}{add}</>}>
      <SearchField label={t('channel.search')} value={search.q ?? ''} onSearch={find} focusKey />
      {error && <RequestFault error={error} retry={refresh} />}
      {!data && fetching && <Loading />}
      {data && rows.length === 0 && (search.q || offset ? <NoMatch onClear={() => find('')} /> : <Empty title={t('channel.none')} action={add}>{t('channel.noneAbout')}</Empty>)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('channel.title')} rows={rows} columns={columns} rowId={(row) => row.id} onOpen={mayWrite ? acts.edit : undefined}
            acts={[{ key: ' ', label: 'channel.test', run: acts.test }, ...(mayWrite ? changing : [])]} />
        </Paper>
      )}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={data?.channels.pageInfo.hasNextPage ?? false} total={data?.channels.totalCount.value}
        onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      <Suspense>{edited && <ChannelEditor key={edited === 'new' ? 'new' : `${edited.id}-${edited.version}`} channel={edited === 'new' ? undefined : edited} types={types} onClose={() => setEdited(undefined)} onReload={(channel) => void reload(channel)} />}</Suspense>
    </Page>
  );
}
