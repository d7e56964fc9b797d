import { Badge, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Columns } from '../../ui/data-table.tsx';
import { formatCount, formatDuration, formatQuota, formatTime } from '../../ui/format.ts';
import { useViewer } from '../session/viewer.ts';
import type { LogRow } from './live-rows.ts';

/** @param wide with the columns that only matter in everybody's log */
export function useLogColumns(wide: boolean): Columns<LogRow> {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return useMemo((): Columns<LogRow> => {
    const number = { className: 'number' };
    const everybody: Columns<LogRow> = [
      { id: 'user', header: t('log.user'), cell: ({ row: { original } }) => original.username },
      { id: 'channel', header: t('log.channel'), cell: ({ row: { original } }) => original.channelName ?? '–' },
    ];
    return [
      { id: 'at', header: t('log.at'), meta: { className: 'nowrap' }, cell: ({ row: { original } }) => formatTime(original.at, language) },
      { id: 'status', header: t('log.status'), cell: ({ row: { original } }) => <Status row={original} /> },
      ...(wide ? everybody : []),
      { id: 'model', header: t('log.model'), cell: ({ row: { original } }) => <Model row={original} /> },
      { id: 'token', header: t('log.token'), cell: ({ row: { original } }) => original.tokenName || '–' },
      { id: 'tokens', header: t('log.tokens'), meta: number, cell: ({ row: { original } }) => `${formatCount(original.promptTokens, language)} / ${formatCount(original.completionTokens, language)}` },
      { id: 'time', header: t('log.time'), meta: number, cell: ({ row: { original } }) => `${formatDuration(original.durationMs, language)} / ${formatDuration(original.firstTokenMs, language)}` },
      { id: 'cost', header: t('log.cost'), meta: number, cell: ({ row: { original } }) => <span title={original.quota}>{formatQuota(original.quota, quotaPerUnit, language)}</span> },
    ];
  }, [t, language, quotaPerUnit, wide]);
}

function Status({ row }: { row: LogRow }) {
  const { t } = useTranslation();
  if (row.type === 'CONSUME' && !row.errorCode) return <Badge variant="light" color="teal">{t('log.type_CONSUME')}</Badge>;
  if (row.type === 'CONSUME' || row.type === 'ERROR') return <Badge variant="light" color={row.type === 'ERROR' ? 'red' : 'orange'} tt="none">{row.errorCode ?? t('log.type_ERROR')}</Badge>;
  return <Badge variant="light" color="gray">{t(`log.type_${row.type}`)}</Badge>;
}

function Model({ row }: { row: LogRow }) {
  return (
    <Stack gap={0}>
      <Text size="sm">{row.model || '–'}</Text>
      {row.mappedModel && <Text size="xs" c="dimmed">→ {row.mappedModel}</Text>}
    </Stack>
  );
}
