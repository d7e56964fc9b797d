import { Badge, Code, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { LogDetailQuery } from '../../gql/graphql.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatDuration, formatTime } from '../../ui/format.ts';
import { useReturnFocus } from '../../ui/return-focus.ts';
import { Empty, Loading, RequestFault } from '../../ui/states.tsx';
import { Arithmetic } from './arithmetic.tsx';
import { LogDetailDocument } from './log.documents.ts';

type Detail = NonNullable<LogDetailQuery['log']>;

/** One request, opened: what happened, and how the charge adds up. Fetched only when it is opened. */
export function LogDetailPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }] = useQuery({ query: LogDetailDocument, variables: { id } });
  useReturnFocus();
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={t('log.detail')} closeButtonProps={{ 'aria-label': t('action.close') }} overlayProps={{ backgroundOpacity: 0.2 }}>
      {error && <RequestFault error={error} />}
      {!data && fetching && <Loading />}
      {data && !data.log && <Empty title={t('log.gone')} />}
      {data?.log && <Stack gap="lg"><Facts log={data.log} />{data.log.pricing && <Arithmetic pricing={data.log.pricing} source={data.log.usage?.source} />}<Attempts log={data.log} /></Stack>}
    </Drawer>
  );
}

function Facts({ log }: { log: Detail }) {
  const { t, i18n: { language } } = useTranslation();
  const facts: [string, string | null | undefined][] = [
    [t('log.at'), formatTime(log.at, language)],
    [t('log.model'), log.mappedModel ? `${log.model} → ${log.mappedModel}` : log.model],
    [t('log.token'), log.tokenName], [t('log.group'), log.group], [t('log.channel'), log.channelName], [t('log.endpoint'), log.endpoint],
    [t('log.duration'), formatDuration(log.durationMs, language)], [t('log.firstToken'), log.firstTokenMs == null ? null : formatDuration(log.firstTokenMs, language)],
    [t('log.ending'), log.usage ? t(`log.end_${log.usage.end}`) : null], [t('log.error'), log.errorCode],
  ];
  return (
    <Stack gap="xs">
      {log.requestId && (
        <Group gap="xs">
          <Code>{log.requestId}</Code>
          <CopyButton key={log.requestId} size="compact-xs" variant="default" value={log.requestId} />
        </Group>
      )}
      {log.content && <Text size="sm">{log.content}</Text>}
      <Table variant="vertical" layout="fixed">
        <Table.Tbody>
          {facts.filter(([, value]) => value).map(([name, value]) => <Table.Tr key={name}><Table.Th w={160} scope="row">{name}</Table.Th><Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td></Table.Tr>)}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Attempts({ log }: { log: Detail }) {
  const { t, i18n: { language } } = useTranslation();
  if (log.attempts.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2}>{t('log.attempts')}</Title>
      {log.attempts.map((attempt, index) => (
        <Group key={`${attempt.channelId}-${index}`} gap="sm">
          <Badge variant="light" color={attempt.failure ? 'red' : 'teal'} tt="none">{attempt.failure ?? t('log.delivered')}</Badge>
          <Text size="sm">{t('log.onChannel', { id: attempt.channelId })}</Text>
          <Text size="sm" c="dimmed">{attempt.status > 0 && `HTTP ${attempt.status} · `}{formatDuration(attempt.durationMs, language)}</Text>
        </Group>
      ))}
    </Stack>
  );
}
