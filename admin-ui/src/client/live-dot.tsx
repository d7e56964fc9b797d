import { Badge } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveConnection } from './live.ts';

const colours = { live: 'teal', connecting: 'yellow', offline: 'gray' } as const;

/** Whether what you see moves by itself: in words, not by colour alone. */
export function LiveDot({ connection }: { connection: LiveConnection }) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  if (state === 'idle') return null;
  return <Badge variant="dot" color={colours[state]} size="sm" role="status">{t(`live.${state}`)}</Badge>;
}
