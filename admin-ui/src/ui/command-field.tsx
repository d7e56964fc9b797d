import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Destination } from './shell.tsx';

/** Ctrl K: every page by name. */
export function CommandField({ destinations }: { destinations: readonly Destination[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const actions = destinations.map(({ path, label, icon: Icon, keys }) => ({
    id: path, label: t(label), description: `g ${keys.split('').join(' ')}`, leftSection: <Icon size={18} />, onClick: () => void navigate({ to: path }),
  }));
  return (
    <Spotlight actions={actions} shortcut="mod + K" nothingFound={t('shell.nothingFound')} highlightQuery
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('shell.searchPlaceholder'), 'aria-label': t('shell.search') }} />
  );
}
