import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface Props { title: string; about?: string; actions?: ReactNode; children: ReactNode }

/** Heading, one sentence, actions, content: the same on every page. */
export function Page({ title, about, actions, children }: Props) {
  useDocumentTitle(`${title} · Weir`);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1}>{title}</Title>
          {about && <Text c="dimmed" size="sm">{about}</Text>}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
