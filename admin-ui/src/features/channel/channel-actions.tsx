import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../session/viewer.ts';
import type { ChannelRow } from './channel-row.ts';
import type { ChannelActs } from './use-channel-acts.tsx';

/** Test, and what else can be done with one channel. */
export function ChannelActions({ channel, acts }: { channel: ChannelRow; acts: ChannelActs }) {
  const { t } = useTranslation();
  const mayWrite = useMay('CHANNEL_WRITE'), mayTest = useMay('CHANNEL_TEST'), mayReveal = useMay('CHANNEL_KEY_REVEAL');
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {mayTest && <Button size="compact-sm" variant="light" loading={acts.testing.has(channel.id)} onClick={() => acts.test(channel)}>{t('channel.test')}</Button>}
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('channel.more', { name: channel.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => acts.edit(channel)}>{t('action.edit')}</Menu.Item>
            {mayReveal && <Menu.Item onClick={() => acts.reveal(channel)}>{t('channel.reveal')}</Menu.Item>}
            <Menu.Item color="red" onClick={() => acts.remove(channel)}>{t('action.delete')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
