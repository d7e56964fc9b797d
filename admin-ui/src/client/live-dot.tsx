import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLiveState } from './live-context.ts';

const colours = { live: 'teal', connecting: 'yellow', offline: 'gray' } as const;

/** Whether what you see moves by itself: in words, not by colour alone. */
export function LiveDot() {
  const { t } = useTranslation();
  const state = useLiveState();
  if (state === 'idle') return null;
  return <Badge variant="dot" color={colours[state]} size="sm" role="status">{t(`live.${state}`)}</Badge>;
}
