import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { DoorPreferences } from './door-preferences.tsx';

/** A page in front of the console: set-up and sign-in. */
export function DoorPage({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Weir`);
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <Stack>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Title order={1}>{title}</Title>
            <DoorPreferences />
          </Group>
          {about && <Text c="dimmed" size="sm">{about}</Text>}
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
