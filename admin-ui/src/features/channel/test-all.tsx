import { Button, Loader } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useSubscription } from 'urql';
import { showRefusals } from '../../ui/toast.ts';
import { ChannelTestManyDocument, JobProgressDocument } from './channel.documents.ts';

/** Tests every channel in the background, and says how far it is. It goes on when the page is left. */
export function TestAll({ onEnd }: { onEnd: () => void }) {
  const { t } = useTranslation();
  const [id, setId] = useState<string>();
  const [{ fetching }, begin] = useMutation(ChannelTestManyDocument);
  const [{ data }] = useSubscription({ query: JobProgressDocument, variables: { id: id ?? '' }, pause: !id });
  const job = id && data?.jobProgress.id === id ? data.jobProgress : undefined;
  const isOver = job !== undefined && job.status !== 'QUEUED' && job.status !== 'RUNNING';
  useEffect(() => {
    if (!isOver) return;
    notifications.show({ color: job.status === 'SUCCEEDED' && job.failed === 0 ? 'green' : 'orange', message: t('channel.testedAll', { done: job.done, failed: job.failed, message: job.message ?? '' }), autoClose: false });
    setId(undefined);
    onEnd();
  }, [isOver, job, onEnd, t]);
  const press = async () => {
    const { data: answer, error } = await begin({});
    if (showRefusals(answer?.channelTestMany.userErrors, error)) setId(answer?.channelTestMany.job?.id);
  };
  if (!id) return <Button variant="default" loading={fetching} onClick={() => void press()}>{t('channel.testAll')}</Button>;
  return <Button variant="default" disabled leftSection={<Loader size={14} />} role="status">{t('channel.testingAll', { done: job?.done ?? 0, total: job?.total ?? '…' })}</Button>;
}
