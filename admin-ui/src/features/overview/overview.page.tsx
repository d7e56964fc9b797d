import { Card, SimpleGrid, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { formatCount, formatQuota } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { RequestFault } from '../../ui/states.tsx';
import { useOwnRequests } from '../log/use-own-requests.ts';
import { useMay, useViewer } from '../session/viewer.ts';
import { NextSteps } from './next-steps.tsx';
import { OverviewDocument } from './overview.documents.ts';

/** What a viewer has, has used, and can do next. It moves with the viewer's own requests. */
export function OverviewPage() {
  const { t, i18n: { language } } = useTranslation();
  const { user: known, quotaPerUnit } = useViewer();
  const withChannels = useMay('CHANNEL_READ');
  const [{ data, error }, again] = useQuery({ query: OverviewDocument, variables: { withChannels } });
  const refresh = useCallback(() => again({ requestPolicy: 'network-only' }), [again]);
  useOwnRequests(refresh);
  const user = data?.viewer?.user ?? known;
  return (
    <Page title={t('overview.hello', { name: user.displayName || user.username })}>
      {error && <RequestFault error={error} retry={refresh} />}
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Figure label={t('overview.balance')} value={formatQuota(user.quota, quotaPerUnit, language)} title={user.quota} />
        <Figure label={t('overview.used')} value={formatQuota(user.usedQuota, quotaPerUnit, language)} title={user.usedQuota} />
        <Figure label={t('overview.requests')} value={formatCount(user.requestCount, language)} />
      </SimpleGrid>
      {data && <NextSteps done={{ channel: Boolean(data.channels?.nodes.length), token: Boolean(data.viewer?.tokens.nodes.length), call: user.requestCount > 0 }} model={data.channels?.nodes[0]?.models[0]} />}
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
