import { Anchor, Card, Code, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { formatCount, formatQuota } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { RequestFault } from '../../ui/states.tsx';
import { useMay, useViewer } from '../session/viewer.ts';
import { OverviewDocument } from './overview.documents.ts';

/** What a viewer has, has used, and can do next. */
export function OverviewPage() {
  const { t, i18n: { language } } = useTranslation();
  const { user: known, quotaPerUnit, relayUrl } = useViewer();
  const [{ data, error }, again] = useQuery({ query: OverviewDocument });
  const user = data?.viewer?.user ?? known;
  return (
    <Page title={t('overview.hello', { name: user.displayName || user.username })}>
      {error && <RequestFault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Figure label={t('overview.balance')} value={formatQuota(user.quota, quotaPerUnit, language)} title={user.quota} />
        <Figure label={t('overview.used')} value={formatQuota(user.usedQuota, quotaPerUnit, language)} title={user.usedQuota} />
        <Figure label={t('overview.requests')} value={formatCount(user.requestCount, language)} />
      </SimpleGrid>
      <NextSteps relayUrl={relayUrl} />
    </Page>
  );
}

function Figure({ label, value, title }: { label: string; value: string; title?: string }) {
  return (
    <Card withBorder title={title}>
      <Text size="sm" c="dimmed">{label}</Text>
      <Text fz="1.5rem" fw={600} data-testid={`figure-${label}`}>{value}</Text>
    </Card>
  );
}

function NextSteps({ relayUrl }: { relayUrl: string }) {
  const { t } = useTranslation();
  const mayAddChannels = useMay('CHANNEL_WRITE');
  const call = `curl ${relayUrl}/v1/chat/completions \\\n  -H "Authorization: Bearer sk-…" -H "Content-Type: application/json" \\\n  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}'`;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>{t('overview.next')}</Title>
        <List type="ordered" spacing="xs">
          {mayAddChannels && <List.Item><Anchor component={Link} to="/node/channels">{t('overview.stepChannel')}</Anchor></List.Item>}
          <List.Item><Anchor component={Link} to="/tokens">{t('overview.stepToken')}</Anchor></List.Item>
          <List.Item>{t('overview.stepCall')}</List.Item>
        </List>
        <Code block tabIndex={0}>{call}</Code>
        <Text size="sm" c="dimmed">{t('overview.callAbout')}</Text>
        <Text size="sm">{t('overview.openAi')} <Code>{relayUrl}/v1</Code> · {t('overview.anthropic')} <Code>{relayUrl}</Code></Text>
        <Anchor component={Link} to="/logs">{t('overview.stepWatch')}</Anchor>
      </Stack>
    </Paper>
  );
}
