import { Code, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { CopyButton } from '../../ui/copy-button.tsx';
import { showRefusals } from '../../ui/toast.ts';
import type { ChannelRow } from './channel-row.ts';
import { ChannelKeyRevealDocument } from './channel.documents.ts';

/** The credentials of a channel, one a line, until the dialog closes. */
export function useReveal(): (channel: ChannelRow) => Promise<void> {
  const { t } = useTranslation();
  const client = useClient();
  return useCallback(async ({ id, name }: ChannelRow) => {
    const { data, error } = await client.mutation(ChannelKeyRevealDocument, { id }).toPromise();
    if (!showRefusals(data?.channelKeyReveal.userErrors, error)) return;
    const secret = data?.channelKeyReveal.credentials.map((one) => one.secret).join('\n') ?? '';
    modals.open({
      title: t('channel.revealTitle', { name }), withCloseButton: true, closeButtonProps: { 'aria-label': t('action.close') },
      children: <Stack><Code block data-testid="revealed" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{secret}</Code><CopyButton value={secret} /><Text size="xs" c="dimmed">{t('channel.revealAbout')}</Text></Stack>,
    });
  }, [client, t]);
}
