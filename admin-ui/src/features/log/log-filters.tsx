import { Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { logTypes, type LogSearch } from '../../page-search.ts';
import { SearchField } from '../../ui/search-field.tsx';

export function LogFilters({ search, onChange }: { search: LogSearch; onChange: (change: Partial<LogSearch>) => void }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} maw={760}>
      <SearchField label={t('log.model')} value={search.model ?? ''} onSearch={(model) => onChange({ model: model || undefined })} focusKey />
      <Select aria-label={t('log.kind')} placeholder={t('log.filterType')} clearable data={logTypes.map((value) => ({ value, label: t(`log.type_${value}`) }))} value={search.type ?? null}
        clearButtonProps={{ 'aria-label': t('state.clear') }} onChange={(type) => onChange({ type: logTypes.find((one) => one === type) })} />
      <SearchField label={t('log.requestId')} value={search.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
    </SimpleGrid>
  );
}
