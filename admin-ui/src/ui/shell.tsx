/** The frame of every page: rail, top bar, content. Knows destinations, not what they show. */
import { ActionIcon, AppShell, Burger, Group, NavLink, ScrollArea, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandField } from './command-field.tsx';
import { useGoKeys } from './go-keys.ts';
import { LanguageMenu, ThemeMenu } from './preference-menus.tsx';

export interface Destination {
  path: string;
  /** Key of the catalogue. */
  label: string;
  group: string;
  icon: ComponentType<{ size?: number }>;
  /** Pressed after `g`, for example `t` or `ch`. */
  keys: string;
}

interface Props { destinations: readonly Destination[]; account: ReactNode; status: ReactNode }

export function Shell({ destinations, account, status }: Props) {
  const [opened, { toggle, close }] = useDisclosure();
  const { t } = useTranslation();
  useGoKeys(destinations);
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 220, breakpoint: 'md', collapsed: { mobile: !opened } }} padding="md">
      <a className="skip-link" href="#content">{t('shell.skip')}</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t('shell.menu')} />
            <Text fw={700} component={Link} to="/overview" c="inherit" td="none">Weir</Text>
          </Group>
          <Group gap={4} wrap="nowrap">
            {status}
            <Tooltip label={`${t('shell.search')} (Ctrl K)`}>
              <ActionIcon variant="subtle" color="gray" size="lg" onClick={spotlight.open} aria-label={t('shell.search')}><IconSearch size={18} /></ActionIcon>
            </Tooltip>
            <LanguageMenu />
            <ThemeMenu />
            {account}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <ScrollArea><Rail destinations={destinations} onGo={close} /></ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}><Outlet /></AppShell.Main>
      <CommandField destinations={destinations} />
    </AppShell>
  );
}

function Rail({ destinations, onGo }: { destinations: readonly Destination[]; onGo: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const groups = [...new Set(destinations.map((one) => one.group))];
  return (
    <Stack gap="md" component="nav" aria-label={t('shell.navigation')}>
      {groups.map((group) => (
        <div key={group}>
          <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>{t(group)}</Text>
          {destinations.filter((one) => one.group === group).map(({ path, label, icon: Icon }) => (
            <NavLink key={path} component={Link} to={path} label={t(label)} leftSection={<Icon size={18} />}
              active={pathname.startsWith(path)} aria-current={pathname.startsWith(path) ? 'page' : undefined} onClick={onGo} />
          ))}
        </div>
      ))}
    </Stack>
  );
}
