/** What can be done with one channel from its row, by pointer and by key. Refusals come up as notices; the list keeps its place. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { formatDuration } from '../../ui/format.ts';
import { showRefusals } from '../../ui/toast.ts';
import type { ChannelRow } from './channel-row.ts';
import { useReveal } from './use-reveal.tsx';
import { ChannelDeleteDocument, ChannelTestDocument, ChannelUpdateDocument } from './channel.documents.ts';

export interface ChannelActs {
  /** Ids of the channels that are being tested. */
  testing: ReadonlySet<string>;
  edit: (channel: ChannelRow) => void;
  test: (channel: ChannelRow) => void;
  toggle: (channel: ChannelRow) => void;
  remove: (channel: ChannelRow) => void;
  /** Shows the plain credential; the server asks who is there first. */
  reveal: (channel: ChannelRow) => void;
}

export function useChannelActs(edit: (channel: ChannelRow) => void): ChannelActs {
  const { remove, toggle } = useChannelChanges();
  const { testing, test } = useChannelTest(), reveal = useReveal();
  return useMemo(() => ({ testing, edit, test: (channel) => void test(channel), toggle: (channel) => void toggle(channel), remove, reveal: (channel) => void reveal(channel) }), [testing, edit, test, toggle, remove, reveal]);
}

function useChannelTest() {
  const { t, i18n: { language } } = useTranslation();
  const client = useClient();
  const [testing, setTesting] = useState<ReadonlySet<string>>(new Set());
  const test = useMemo(() => async ({ id, name }: ChannelRow) => {
    setTesting((now) => new Set([...now, id]));
    const { data, error } = await client.mutation(ChannelTestDocument, { id }).toPromise();
    setTesting((now) => new Set([...now].filter((one) => one !== id)));
    const result = data?.channelTest.result;
    const message = data?.channelTest.userErrors[0]?.message ?? error?.message ?? result?.message ?? result?.errorCode ?? '';
    if (result?.ok) notifications.show({ color: 'teal', title: t('channel.testPassed', { name, time: formatDuration(result.latencyMs, language) }), message: result.model });
    else notifications.show({ color: 'red', title: t('channel.testFailed', { name }), message, autoClose: false });
  }, [client, t, language]);
  return { testing, test };
}

function useChannelChanges() {
  const { t } = useTranslation();
  const client = useClient();
  return useMemo(() => {
    const toggle = async ({ id, status, version }: ChannelRow) => {
      const { data, error } = await client.mutation(ChannelUpdateDocument, { id, input: { status: status === 'ENABLED' ? 'DISABLED' : 'ENABLED' }, expectedVersion: version }).toPromise();
      showRefusals(data?.channelUpdate.userErrors, error);
    };
    const erase = async (id: string) => {
      const { data, error } = await client.mutation(ChannelDeleteDocument, { id }, { additionalTypenames: ['Channel'] }).toPromise();
      showRefusals(data?.channelDelete.userErrors, error);
    };
    const remove = ({ id, name }: ChannelRow) => modals.openConfirmModal({
      title: t('channel.deleteTitle', { name }), children: <Text size="sm">{t('channel.deleteAbout')}</Text>,
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' }, onConfirm: () => void erase(id),
    });
    return { toggle, remove };
  }, [client, t]);
}
