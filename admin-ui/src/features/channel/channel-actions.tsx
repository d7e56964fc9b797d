import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { formatDuration } from '../../ui/format.ts';
import { useMay } from '../session/viewer.ts';
import type { ChannelRow } from './channel-row.ts';
import { ChannelDeleteDocument, ChannelTestDocument, ChannelUpdateDocument } from './channel.documents.ts';

interface Props { channel: ChannelRow; onEdit: (channel: ChannelRow) => void }

/** Test, and what else can be done with one channel. */
export function ChannelActions({ channel, onEdit }: Props) {
  const { t } = useTranslation();
  const mayWrite = useMay('CHANNEL_WRITE');
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <TestButton channel={channel} />
      {mayWrite && <ChannelMenu channel={channel} onEdit={onEdit} label={t('channel.more', { name: channel.name })} />}
    </Group>
  );
}

function TestButton({ channel }: { channel: ChannelRow }) {
  const { t, i18n: { language } } = useTranslation();
  const [{ fetching }, test] = useMutation(ChannelTestDocument);
  const run = async () => {
    const { data, error } = await test({ id: channel.id });
    const result = data?.channelTest.result;
    const message = data?.channelTest.userErrors[0]?.message ?? error?.message ?? result?.message ?? result?.errorCode ?? '';
    const title = result?.ok ? t('channel.testPassed', { name: channel.name, time: formatDuration(result.latencyMs, language) }) : t('channel.testFailed', { name: channel.name });
    notifications.show({ color: result?.ok ? 'teal' : 'red', title, message: result?.ok ? result.model : message, autoClose: result?.ok ? 4000 : false });
  };
  return <Button size="compact-sm" variant="light" loading={fetching} onClick={() => void run()}>{t('channel.test')}</Button>;
}

function ChannelMenu({ channel, onEdit, label }: Props & { label: string }) {
  const { t } = useTranslation();
  const [, update] = useMutation(ChannelUpdateDocument);
  const [, remove] = useMutation(ChannelDeleteDocument);
  const enabled = channel.status === 'ENABLED';
  const toggle = async () => {
    const { data } = await update({ id: channel.id, input: { status: enabled ? 'DISABLED' : 'ENABLED' }, expectedVersion: channel.version });
    const refusal = data?.channelUpdate.userErrors[0];
    if (refusal) notifications.show({ color: 'red', message: refusal.message });
  };
  const confirmDelete = () => modals.openConfirmModal({
    title: t('channel.deleteTitle', { name: channel.name }),
    children: <Text size="sm">{t('channel.deleteAbout')}</Text>,
    labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' },
    onConfirm: () => void remove({ id: channel.id }),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={label}><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onEdit(channel)}>{t('action.edit')}</Menu.Item>
        <Menu.Item onClick={() => void toggle()}>{t(enabled ? 'action.disable' : 'action.enable')}</Menu.Item>
        <Menu.Item color="red" onClick={confirmDelete}>{t('action.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
