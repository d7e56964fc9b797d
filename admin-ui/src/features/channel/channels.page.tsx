import { Button, Paper, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty, Loading, RequestFault } from '../../ui/states.tsx';
import { useMay } from '../session/viewer.ts';
import { useChannelColumns } from './channel-columns.tsx';
import { ChannelEditor } from './channel-editor.tsx';
import type { ChannelRow } from './channel-row.ts';
import { ChannelsDocument } from './channel.documents.ts';

const route = getRouteApi('/frame/node/channels');
const pageSize = 20;
/** So that a first channel refetches a list that was empty: an empty list names no type. */
const context = { additionalTypenames: ['Channel'] };

export function ChannelsPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate();
  const offset = search.offset ?? 0;
  const filter = useMemo(() => (search.q ? { search: search.q } : null), [search.q]);
  const [{ data, error, fetching }, again] = useQuery({ query: ChannelsDocument, variables: { filter, first: pageSize, offset }, context });
  const [edited, setEdited] = useState<ChannelRow | 'new'>();
  const mayWrite = useMay('CHANNEL_WRITE');
  const columns = useChannelColumns(data?.channelTypes ?? [], setEdited);
  const add = mayWrite && <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('channel.add')}</Button>;
  const rows = data?.channels.nodes ?? [];
  return (
    <Page title={t('channel.title')} about={t('channel.about')} actions={add}>
      <TextInput aria-label={t('channel.search')} placeholder={t('channel.search')} leftSection={<IconSearch size={16} />} defaultValue={search.q ?? ''} maw={360}
        onChange={(event) => void navigate({ search: { q: event.currentTarget.value || undefined }, replace: true })} />
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && rows.length === 0 && (search.q ? <Empty title={t('state.noMatch')} /> : <Empty title={t('channel.none')} action={add}>{t('channel.noneAbout')}</Empty>)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('channel.title')} rows={rows} columns={columns} rowId={(row) => row.id} />
        </Paper>
      )}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={data?.channels.pageInfo.hasNextPage ?? false} total={data?.channels.totalCount.value}
        onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      {edited && <ChannelEditor key={edited === 'new' ? 'new' : edited.id} channel={edited === 'new' ? undefined : edited} types={data?.channelTypes ?? []} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}
