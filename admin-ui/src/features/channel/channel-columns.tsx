import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Columns } from '../../ui/data-table.tsx';
import { formatDuration, formatQuota, formatTime } from '../../ui/format.ts';
import { useViewer } from '../session/viewer.ts';
import { ChannelActions } from './channel-actions.tsx';
import type { ChannelRow, ChannelTypeRow } from './channel-row.ts';

const colours = { ENABLED: 'teal', DISABLED: 'gray', AUTO_DISABLED: 'orange' } as const;

export function useChannelColumns(types: readonly ChannelTypeRow[], onEdit: (channel: ChannelRow) => void): Columns<ChannelRow> {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return useMemo((): Columns<ChannelRow> => [
    { id: 'name', header: t('channel.name'), cell: ({ row: { original } }) => <Name channel={original} /> },
    { id: 'type', header: t('channel.type'), cell: ({ row: { original } }) => types.find((type) => type.id === original.type)?.label ?? original.type },
    { id: 'status', header: t('channel.status'), cell: ({ row: { original } }) => <Status channel={original} /> },
    { id: 'models', header: t('channel.models'), cell: ({ row: { original } }) => <Models models={original.models} /> },
    { id: 'groups', header: t('channel.groups'), cell: ({ row: { original } }) => original.groups.join(', ') },
    { id: 'order', header: t('channel.order'), meta: { className: 'number' }, cell: ({ row: { original } }) => `${original.priority} / ${original.weight}` },
    { id: 'spent', header: t('channel.spent'), meta: { className: 'number' }, cell: ({ row: { original } }) => formatQuota(original.usedQuota, quotaPerUnit, language) },
    {
      id: 'tested', header: t('channel.lastTest'), meta: { className: 'number' },
      cell: ({ row: { original } }) => (original.testedAt
        ? <Tooltip label={formatTime(original.testedAt, language)}><span>{formatDuration(original.responseTimeMs, language)}</span></Tooltip> : '–'),
    },
    { id: 'actions', header: t('channel.actions'), cell: ({ row: { original } }) => <ChannelActions channel={original} onEdit={onEdit} /> },
  ], [t, language, quotaPerUnit, types, onEdit]);
}

function Name({ channel }: { channel: ChannelRow }) {
  return (
    <Stack gap={0}>
      <Text size="sm" fw={600}>{channel.name}</Text>
      {channel.remark && <Text size="xs" c="dimmed">{channel.remark}</Text>}
    </Stack>
  );
}

function Status({ channel }: { channel: ChannelRow }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={channel.statusReason} disabled={!channel.statusReason}>
      <Badge variant="light" color={colours[channel.status]}>{t(`channel.status_${channel.status}`)}</Badge>
    </Tooltip>
  );
}

function Models({ models }: { models: readonly string[] }) {
  const shown = models.slice(0, 2);
  return (
    <Tooltip label={models.join(', ')} multiline maw={400}>
      <Group gap={4} wrap="nowrap"><Text size="sm" span>{shown.join(', ')}</Text>{models.length > 2 && <Badge size="sm" variant="default">+{models.length - 2}</Badge>}</Group>
    </Tooltip>
  );
}
