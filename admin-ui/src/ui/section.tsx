import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One thing of a settings page: what it is, what can be done, what there is. */
export function Section({ title, about, actions, children }: { title: string; about: string; actions?: ReactNode; children?: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2} size="h4">{title}</Title>
            <Text size="sm" c="dimmed" maw={560}>{about}</Text>
          </div>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

/** A row of a list: what it is, when, and what can be done with it. */
export function Item({ name, detail, action }: { name: ReactNode; detail: string; action?: ReactNode }) {
  return (
    <Group justify="space-between" wrap="nowrap" component="li">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={500} truncate component="div">{name}</Text>
        <Text size="xs" c="dimmed">{detail}</Text>
      </div>
      {action}
    </Group>
  );
}
