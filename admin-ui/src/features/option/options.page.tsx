import { Code, Group, Paper, Select, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { OptionsQuery } from '../../gql/graphql.ts';
import { DataTable, type Columns } from '../../ui/data-table.tsx';
import { formatTime } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { useSeenVersion } from '../../ui/seen-version.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Loading, NoMatch, RequestFault } from '../../ui/states.tsx';
import { OptionEditor } from './option-editor.tsx';
import { OptionsDocument } from './option.documents.ts';

export type OptionRow = OptionsQuery['options'][number];

const route = getRouteApi('/frame/admin/settings');
/** Names of areas come from the server; one that is newer than this page is shown as it is. */
const areaName = (t: TFunction, section: string): string => t(`option.area_${section.replace('-', '_')}`, { defaultValue: section });
/** Options have no ids: a change asks for all of them again. */
const context = { additionalTypenames: ['Option'] };

const matches = ({ key, description, value }: OptionRow, text: string): boolean => [key, description, value].some((words) => words.toLowerCase().includes(text.toLowerCase()));

export function OptionsPage() {
  const { t } = useTranslation();
  const { q = '', section } = route.useSearch(), navigate = route.useNavigate();
  const [{ data, error, fetching }, again] = useQuery({ query: OptionsDocument, context });
  const [edited, setEdited] = useState<string>();
  const columns = useOptionColumns(), seen = useSeenVersion(data?.optionsVersion);
  const all = data?.options ?? [], sections = [...new Set(all.map((option) => option.section))].sort();
  const rows = all.filter((option) => (!section || option.section === section) && matches(option, q));
  const option = all.find(({ key }) => key === edited);
  return (
    <Page title={t('option.title')} about={t('option.about')}>
      <Group gap="sm">
        <SearchField label={t('option.search')} value={q} onSearch={(text) => void navigate({ search: { section, q: text || undefined }, replace: true })} focusKey />
        <Select aria-label={t('option.section')} placeholder={t('option.allSections')} data={sections.map((value) => ({ value, label: areaName(t, value) }))} value={section ?? null} clearable w={200}
          onChange={(next) => void navigate({ search: { q: q || undefined, section: next ?? undefined }, replace: true })} />
      </Group>
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && rows.length === 0 && (all.length ? <NoMatch onClear={() => void navigate({ search: {}, replace: true })} /> : <Empty title={t('option.none')} />)}
      {rows.length > 0 && (
        <Paper withBorder>
          <DataTable label={t('option.title')} rows={rows} columns={columns} rowId={({ key }) => key} onOpen={({ key }) => setEdited(key)} acts={[{ key: 'e', label: 'action.edit', run: ({ key }) => setEdited(key) }]} />
        </Paper>
      )}
      {option && <OptionEditor key={option.key} option={option} seen={seen} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}

function useOptionColumns(): Columns<OptionRow> {
  const { t, i18n: { language } } = useTranslation();
  return useMemo((): Columns<OptionRow> => [
    { id: 'key', header: t('option.key'), meta: { className: 'long' }, cell: ({ row: { original } }) => <><Text size="sm" fw={600}>{original.key}</Text><Text size="xs" c="dimmed" lineClamp={2}>{original.description}</Text></> },
    { id: 'value', header: t('option.value'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Value option={original} /> },
    { id: 'section', header: t('option.section'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => areaName(t, original.section) },
    { id: 'changed', header: t('option.changed'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => (original.updatedAt ? formatTime(original.updatedAt, language) : '–') },
  ], [t, language]);
}

function Value({ option: { secret, atDefault, value } }: { option: OptionRow }) {
  const { t } = useTranslation();
  if (secret) return <Text size="sm" c="dimmed">{t(atDefault ? 'option.unset' : 'option.set')}</Text>;
  if (value === '') return <Text size="sm" c="dimmed">–</Text>;
  return <><Code style={{ overflowWrap: 'anywhere' }}>{value.length > 120 ? `${value.slice(0, 120)}…` : value}</Code>{atDefault && <Text size="xs" c="dimmed">{t('option.usual')}</Text>}</>;
}
