/** The frame of every page: rail, top bar, content. Knows destinations, not what they show. */
import { ActionIcon, AppShell, Burger, Group, ScrollArea, Text, Tooltip } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyListener, useKeys } from './keyboard.ts';
import { LanguageMenu, ThemeMenu } from './preference-menus.tsx';
import { Rail } from './rail.tsx';

const CommandField = lazy(async () => ({ default: (await import('./command-field.tsx')).CommandField }));
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.tsx')).KeyHelp }));

export interface Destination {
  path: string;
  /** Key of the catalogue. */
  label: string;
  group: string;
  icon: ComponentType<{ size?: number }>;
  /** Pressed after `g`, for example `t` or `al`. */
  keys: string;
}

interface Props { destinations: readonly Destination[]; account: ReactNode; status: ReactNode }

export function Shell({ destinations, account, status }: Props) {
  const [opened, { toggle, close }] = useDisclosure();
  const [helping, help] = useDisclosure(), [searching, search] = useDisclosure();
  const { t } = useTranslation();
  const navigate = useNavigate();
  useHotkeys([['mod+K', search.open]], []);
  useKeyListener();
  useKeys([
    { keys: ['?'], label: 'keys.title', run: help.open },
    ...destinations.map(({ path, label, keys }) => ({ keys: ['g', ...keys.split('')], label, run: () => void navigate({ to: path }) })),
  ]);
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 220, breakpoint: 'md', collapsed: { mobile: !opened } }} padding="md">
      <a className="skip-link" href="#content">{t('shell.skip')}</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t('shell.menu')} aria-expanded={opened} />
            <Text fw={700} component={Link} to="/overview" c="inherit" td="none">Weir</Text>
          </Group>
          <Group gap={4} wrap="nowrap">
            {status}
            <Tooltip label={`${t('shell.search')} (Ctrl K)`}>
              <ActionIcon variant="subtle" color="gray" size="lg" onClick={search.open} aria-label={t('shell.search')}><IconSearch size={18} /></ActionIcon>
            </Tooltip>
            <LanguageMenu />
            <ThemeMenu />
            {account}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <ScrollArea><Rail destinations={destinations} onGo={close} onHelp={() => { close(); help.open(); }} /></ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}><Outlet /></AppShell.Main>
      <Suspense>
        {searching && <CommandField destinations={destinations} onClose={search.close} />}
        {helping && <KeyHelp onClose={help.close} />}
      </Suspense>
    </AppShell>
  );
}
