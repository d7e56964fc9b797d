import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { LanguageMenu, ThemeMenu } from './preference-menus.tsx';

/** A page in front of the console: set-up and sign-in. */
export function DoorPage({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Weir`);
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <Stack>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Title order={1}>{title}</Title>
            <Group gap={4} wrap="nowrap"><LanguageMenu /><ThemeMenu /></Group>
          </Group>
          {about && <Text c="dimmed" size="sm">{about}</Text>}
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
