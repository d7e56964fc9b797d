import { Button, Code, Paper, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { DataTable } from '../../ui/data-table.tsx';
import { useKeys } from '../../ui/keyboard.ts';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { useViewer } from '../session/viewer.ts';
import { useTokenColumns } from './token-columns.tsx';
import type { TokenRow } from './token-form.ts';
import { TokensDocument } from './token.documents.ts';
import { useTokenActs } from './use-token-acts.tsx';

const route = getRouteApi('/frame/tokens');
const SecretDialog = lazy(async () => ({ default: (await import('../../ui/secret-dialog.tsx')).SecretDialog }));
const TokenEditor = lazy(async () => ({ default: (await import('./token-editor.tsx')).TokenEditor }));
const pageSize = 20;
/** So that a first token refetches a list that was empty: an empty list names no type. */
const context = { additionalTypenames: ['Token'] };

export function TokensPage() {
  const { t } = useTranslation();
  const search = route.useSearch(), navigate = route.useNavigate(), client = useClient();
  const offset = search.offset ?? 0;
  const filter = useMemo(() => (search.q ? { search: search.q } : null), [search.q]);
  const variables = { filter, first: pageSize, offset };
  const [{ data, error, fetching }, again] = useQuery({ query: TokensDocument, variables, context });
  const [edited, setEdited] = useState<TokenRow | 'new'>();
  const [key, setKey] = useState<string>();
  const acts = useTokenActs(setEdited), columns = useTokenColumns(acts);
  const page = data?.viewer?.tokens, rows = page?.nodes ?? [];
  const find = (q: string) => void navigate({ search: { q: q || undefined }, replace: true });
  const reload = async ({ id }: TokenRow) => {
    const fresh = await client.query(TokensDocument, variables, { requestPolicy: 'network-only' }).toPromise();
    setEdited(fresh.data?.viewer?.tokens.nodes.find((row) => row.id === id));
  };
  useKeys([{ keys: ['c'], label: 'token.add', run: () => setEdited('new') }]);
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('token.add')}</Button>;
  const showKey = (created: string) => { setEdited(undefined); setKey(created); };
  return (
    <Page title={t('token.title')} about={t('token.about')} actions={add}>
      <SearchField label={t('token.search')} value={search.q ?? ''} onSearch={find} focusKey />
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {page && rows.length === 0 && (search.q || offset ? <NoMatch onClear={() => find('')} /> : <Empty title={t('token.none')} action={add}>{t('token.noneAbout')}</Empty>)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('token.title')} rows={rows} columns={columns} rowId={(row) => row.id} onOpen={acts.edit}
            acts={[{ key: 'e', label: 'action.edit', run: acts.edit }, { key: 's', label: 'keys.status', run: acts.toggle }, { key: 'Delete', label: 'action.delete', run: acts.remove }]} />
        </Paper>
      )}
      <Pager offset={offset} size={pageSize} shown={rows.length} hasNext={page?.pageInfo.hasNextPage ?? false} total={page?.totalCount.value}
        onOffset={(next) => void navigate({ search: { ...search, offset: next || undefined } })} />
      <Suspense>{edited && <TokenEditor key={edited === 'new' ? 'new' : `${edited.id}-${edited.version}`} token={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} onCreated={showKey} onReload={(token) => void reload(token)} />}</Suspense>
      <Suspense>{key && <SecretDialog title={t('token.created')} secret={key} onClose={() => setKey(undefined)}><Snippet apiKey={key} /></SecretDialog>}</Suspense>
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
