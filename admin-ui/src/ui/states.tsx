/** What a page shows when it has no rows to show: nothing yet, or a fault. Loading keeps the old rows, so it needs no page. */
import { Alert, Button, Center, Code, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Center py="xl">
      <Stack align="center" gap="xs" maw={480}>
        <Text fw={600}>{title}</Text>
        {children && <Text c="dimmed" ta="center" size="sm">{children}</Text>}
        {action}
      </Stack>
    </Center>
  );
}

/** The filters let nothing through; says so, and takes them away. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return <Empty title={t('state.noMatch')} action={<Button variant="default" size="xs" onClick={onClear}>{t('state.clear')}</Button>} />;
}

export function Loading({ rows = 5 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => <Skeleton key={index} height={32} />)}
    </Stack>
  );
}

/** A request that failed: what happened, what to do, and the id that finds it in the logs. */
export function RequestFault({ error, retry }: { error: CombinedError; retry?: () => void }) {
  const { t } = useTranslation();
  const first = error.graphQLErrors[0];
  const code = text(first?.extensions.code) ?? (error.networkError ? 'NETWORK' : 'INTERNAL');
  const requestId = text(first?.extensions.requestId);
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t(`fault.${code}`, { defaultValue: t('fault.INTERNAL') })}>
      <Stack gap="xs" align="flex-start">
        {first && <Text size="sm">{first.message}</Text>}
        {requestId && <Text size="xs">{t('fault.requestId')} <Code>{requestId}</Code></Text>}
        {retry && code !== 'FORBIDDEN' && <Button size="xs" variant="light" onClick={retry}>{t('action.retry')}</Button>}
      </Stack>
    </Alert>
  );
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
