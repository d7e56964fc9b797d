import { Code, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LogDetailQuery } from '../../gql/graphql.ts';
import { formatCount, formatQuota } from '../../ui/format.ts';

type Pricing = NonNullable<NonNullable<LogDetailQuery['log']>['pricing']>;

/** Behind it stands the model that was asked. */
const advisor = 'advisor:';

interface Props { pricing: Pricing; source: string | undefined }

/** The charge, term by term: each line is tokens × ratio × model ratio × group ratio, and the sum is rounded once. */
export function Arithmetic({ pricing, source }: Props) {
  const { t, i18n: { language } } = useTranslation();
  const perCall = pricing.mode === 'PER_CALL';
  const nameOf = (name: string): string => (name.startsWith(advisor) ? t('log.line_advisor', { model: name.slice(advisor.length) }) : t(`log.line_${name}`, { defaultValue: name }));
  const factors = pricing.mode === 'TIERED'
    ? t('log.factorsTiered', { unit: formatCount(pricing.quotaPerUnit, language), group: pricing.groupRatio })
    : perCall
    ? t('log.factorsCall', { dollars: pricing.callPrice, unit: formatCount(pricing.quotaPerUnit, language), group: pricing.groupRatio })
    : t('log.factors', { model: pricing.modelRatio, group: pricing.groupRatio });
  return (
    <Stack gap="xs">
      <Title order={2}>{t('log.arithmetic')}</Title>
      <Text size="sm" c="dimmed">{factors}{source && ` ${t(`log.source_${source}`)}`}</Text>
      {pricing.expression && <Code block>{pricing.expression}</Code>}
      {pricing.tier && <Text size="sm">{t('log.tier', { tier: pricing.tier })}</Text>}
      <Table data-testid="arithmetic">
        <Table.Thead>
          <Table.Tr><Table.Th>{t('log.line')}</Table.Th><Table.Th ta="end">{t('log.count')}</Table.Th><Table.Th ta="end">{t('log.ratio')}</Table.Th><Table.Th ta="end">{t('log.subtotal')}</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pricing.lines.map((line) => (
            <Table.Tr key={line.name}>
              <Table.Td>{nameOf(line.name)}</Table.Td>
              <Table.Td ta="end">{formatCount(line.tokens, language)}</Table.Td>
              <Table.Td ta="end">× {line.ratio}</Table.Td>
              <Table.Td ta="end">{line.subtotal}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr><Table.Th colSpan={3}>{t('log.sum')}</Table.Th><Table.Td ta="end">{pricing.exact}</Table.Td></Table.Tr>
          <Table.Tr><Table.Th colSpan={3}>{t('log.charged')}</Table.Th><Table.Th ta="end"><span data-testid="charged">{pricing.quota}</span> · {formatQuota(pricing.quota, pricing.quotaPerUnit, language)}</Table.Th></Table.Tr>
        </Table.Tfoot>
      </Table>
    </Stack>
  );
}
