import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Columns } from '../../ui/data-table.tsx';
import { formatDuration, formatQuota, formatTime } from '../../ui/format.ts';
import { StatusSwitch } from '../../ui/status-switch.tsx';
import { useMay, useViewer } from '../session/viewer.ts';
import { ChannelActions } from './channel-actions.tsx';
import type { ChannelRow, ChannelTypeRow } from './channel-row.ts';
import type { ChannelActs } from './use-channel-acts.tsx';

export function useChannelColumns(types: readonly ChannelTypeRow[], acts: ChannelActs): Columns<ChannelRow> {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return useMemo((): Columns<ChannelRow> => [
    { id: 'name', header: t('channel.name'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Name channel={original} /> },
    { id: 'type', header: t('channel.type'), cell: ({ row: { original } }) => types.find((type) => type.id === original.type)?.label ?? original.type },
    { id: 'status', header: t('channel.status'), cell: ({ row: { original } }) => <Status channel={original} acts={acts} /> },
    { id: 'models', header: t('channel.models'), meta: { className: 'long' }, cell: ({ row: { original } }) => <Models models={original.models} /> },
    { id: 'groups', header: t('channel.groups'), meta: { className: 'long' }, cell: ({ row: { original } }) => original.groups.join(', ') },
    { id: 'order', header: t('channel.order'), meta: { className: 'number' }, cell: ({ row: { original } }) => `${original.priority} / ${original.weight}` },
    { id: 'spent', header: t('channel.spent'), meta: { className: 'number' }, cell: ({ row: { original } }) => <span title={original.usedQuota}>{formatQuota(original.usedQuota, quotaPerUnit, language)}</span> },
    {
      id: 'tested', header: t('channel.lastTest'), meta: { className: 'number' },
      cell: ({ row: { original } }) => (original.testedAt
        ? <Tooltip label={formatTime(original.testedAt, language)}><span>{formatDuration(original.responseTimeMs, language)}</span></Tooltip> : '–'),
    },
    { id: 'actions', header: t('channel.actions'), cell: ({ row: { original } }) => <ChannelActions channel={original} acts={acts} /> },
  ], [t, language, quotaPerUnit, types, acts]);
}

function Name({ channel }: { channel: ChannelRow }) {
  return (
    <Stack gap={0}>
      <Text size="sm" fw={600} lineClamp={2} title={channel.name}>{channel.name}</Text>
      {channel.remark && <Text size="xs" c="dimmed" lineClamp={2} title={channel.remark}>{channel.remark}</Text>}
    </Stack>
  );
}

function Status({ channel, acts }: { channel: ChannelRow; acts: ChannelActs }) {
  const { t } = useTranslation();
  const mayWrite = useMay('CHANNEL_WRITE');
  return (
    <StatusSwitch on={channel.status === 'ENABLED'} word={t(`channel.status_${channel.status}`)} name={channel.name} reason={channel.status === 'ENABLED' ? null : channel.statusReason}
      disabled={!mayWrite} onChange={() => acts.toggle(channel)} />
  );
}

function Models({ models }: { models: readonly string[] }) {
  const shown = models.slice(0, 2);
  return (
    <Tooltip label={models.join(', ')} multiline maw={400}>
      <Group gap={4}><Text size="sm" span>{shown.join(', ')}</Text>{models.length > 2 && <Badge size="sm" variant="default">+{models.length - 2}</Badge>}</Group>
    </Tooltip>
  );
}
