import '@mantine/spotlight/styles.css';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from './return-focus.ts';
import type { Destination } from './shell.tsx';

const [store, field] = createSpotlight();

/** Ctrl K: every page by name. Mounted while it is open. */
export function CommandField({ destinations, onClose }: { destinations: readonly Destination[]; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useReturnFocus();
  useEffect(() => { field.open(); }, []);
  const actions = destinations.map(({ path, label, icon: Icon, keys }) => ({
    id: path, label: t(label), description: `g ${keys.split('').join(' ')}`, leftSection: <Icon size={18} />, onClick: () => void navigate({ to: path }),
  }));
  return (
    <Spotlight store={store} actions={actions} shortcut={null} nothingFound={t('shell.nothingFound')} highlightQuery onSpotlightClose={onClose}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('shell.searchPlaceholder'), 'aria-label': t('shell.search') }} />
  );
}
