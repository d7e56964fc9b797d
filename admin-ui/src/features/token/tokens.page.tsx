import { Button, Code, Paper, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { Empty, Loading, RequestFault } from '../../ui/states.tsx';
import { useViewer } from '../session/viewer.ts';
import { useTokenColumns } from './token-columns.tsx';
import { TokenEditor } from './token-editor.tsx';
import type { TokenRow } from './token-form.ts';
import { TokensDocument } from './token.documents.ts';

const route = getRouteApi('/frame/tokens');
const pageSize = 20;
/** So that a first token refetches a list that was empty: an empty list names no type. */
const context = { additionalTypenames: ['Token'] };

export function TokensPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate();
  const offset = search.offset ?? 0;
  const filter = useMemo(() => (search.q ? { search: search.q } : null), [search.q]);
  const [{ data, error, fetching }, again] = useQuery({ query: TokensDocument, variables: { filter, first: pageSize, offset }, context });
  const [edited, setEdited] = useState<TokenRow | 'new'>();
  const [key, setKey] = useState<string>();
  const columns = useTokenColumns(setEdited);
  const page = data?.viewer?.tokens, rows = page?.nodes ?? [];
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('token.add')}</Button>;
  const showKey = (created: string) => { setEdited(undefined); setKey(created); };
  return (
    <Page title={t('token.title')} about={t('token.about')} actions={add}>
      <TextInput aria-label={t('token.search')} placeholder={t('token.search')} leftSection={<IconSearch size={16} />} defaultValue={search.q ?? ''} maw={360}
        onChange={(event) => void navigate({ search: { q: event.currentTarget.value || undefined }, replace: true })} />
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {page && rows.length === 0 && (search.q ? <Empty title={t('state.noMatch')} /> : <Empty title={t('token.none')} action={add}>{t('token.noneAbout')}</Empty>)}
      {rows.length > 0 && <Paper withBorder><DataTable label={t('token.title')} rows={rows} columns={columns} rowId={(row) => row.id} /></Paper>}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={page?.pageInfo.hasNextPage ?? false} total={page?.totalCount.value}
        onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      {edited && <TokenEditor key={edited === 'new' ? 'new' : edited.id} token={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} onCreated={showKey} />}
      {key && <SecretDialog title={t('token.created')} secret={key} onClose={() => setKey(undefined)}><Snippet apiKey={key} /></SecretDialog>}
    </Page>
  );
}

/** Ready to paste, with the real address and the key that is on the screen anyway. */
function Snippet({ apiKey }: { apiKey: string }) {
  const { t } = useTranslation();
  const { relayUrl } = useViewer();
  return (
    <Stack gap="xs">
      {t('token.use')}
      <Code block tabIndex={0}>{`export OPENAI_BASE_URL=${relayUrl}/v1 OPENAI_API_KEY=${apiKey}\nexport ANTHROPIC_BASE_URL=${relayUrl} ANTHROPIC_API_KEY=${apiKey}`}</Code>
    </Stack>
  );
}
