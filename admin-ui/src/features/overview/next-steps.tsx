import { Anchor, Code, Group, List, Paper, Stack, Text, ThemeIcon, Title, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useMay, useViewer } from '../session/viewer.ts';

interface Props {
  done: { channel: boolean; token: boolean; call: boolean };
  /** One that a channel serves, for the example. */
  model: string | undefined;
}

/** From nothing to a first request. Each step ticks itself from what is there. */
export function NextSteps({ done, model = 'gpt-4o-mini' }: Props) {
  const { t } = useTranslation();
  const { relayUrl } = useViewer();
  const mayAddChannels = useMay('CHANNEL_WRITE');
  const call = `curl ${relayUrl}/v1/chat/completions \\\n  -H "Authorization: Bearer sk-…" -H "Content-Type: application/json" \\\n  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>{t('overview.next')}</Title>
        <List spacing="xs" center>
          {mayAddChannels && <Step done={done.channel}><Anchor component={Link} to="/node/channels">{t('overview.stepChannel')}</Anchor></Step>}
          <Step done={done.token}><Anchor component={Link} to="/tokens">{t('overview.stepToken')}</Anchor></Step>
          <Step done={done.call}>{t('overview.stepCall')}</Step>
        </List>
        <Code block tabIndex={0} className="snippet">{call}</Code>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">{t('overview.callAbout')}</Text>
          <CopyButton size="xs" variant="default" value={call} />
        </Group>
        <Text size="sm">{t('overview.openAi')} <Code>{relayUrl}/v1</Code> · {t('overview.anthropic')} <Code>{relayUrl}</Code></Text>
        <Anchor component={Link} to="/logs">{t('overview.stepWatch')}</Anchor>
      </Stack>
    </Paper>
  );
}

function Step({ done, children }: { done: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const Icon = done ? IconCheck : IconCircle;
  return (
    <List.Item icon={<ThemeIcon size={24} radius="xl" variant="light" color={done ? 'teal' : 'gray'}><Icon size={14} /></ThemeIcon>} data-done={done}>
      {children}{done && <VisuallyHidden> ({t('overview.stepDone')})</VisuallyHidden>}
    </List.Item>
  );
}
