import { NavLink, Stack, Text, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Destination } from './shell.tsx';

interface Props { destinations: readonly Destination[]; onGo: () => void; onHelp: () => void }

/** Where one can go, in groups. */
export function Rail({ destinations, onGo, onHelp }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const groups = [...new Set(destinations.map((one) => one.group))];
  return (
    <Stack gap="md" component="nav" aria-label={t('shell.navigation')}>
      {groups.map((group) => (
        <div key={group}>
          <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>{t(group)}</Text>
          {destinations.filter((one) => one.group === group).map(({ path, label, icon: Icon, keys }) => (
            <Tooltip key={path} label={`g ${keys.split('').join(' ')}`} position="right" openDelay={600}>
              <NavLink component={Link} to={path} label={t(label)} leftSection={<Icon size={18} />}
                active={pathname.startsWith(path)} aria-current={pathname.startsWith(path) ? 'page' : undefined} onClick={onGo} />
            </Tooltip>
          ))}
        </div>
      ))}
      <NavLink component="button" type="button" label={t('keys.title')} leftSection={<IconKeyboard size={18} />} onClick={onHelp} visibleFrom="md" />
    </Stack>
  );
}
