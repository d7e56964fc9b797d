import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props { offset: number; size: number; shown: number; hasNext: boolean; total?: string | undefined; onOffset: (offset: number) => void }

/** Previous and next, with the range shown and, once it is counted, the total. */
export function Pager({ offset, size, shown, hasNext, total, onOffset }: Props) {
  const { t } = useTranslation();
  if (offset === 0 && !hasNext) return null;
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed">{t('pager.range', { from: offset + 1, to: offset + shown })}{total && ` ${t('pager.of', { total })}`}</Text>
      <Group gap="xs">
        <Button variant="default" size="xs" disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - size))}>{t('pager.previous')}</Button>
        <Button variant="default" size="xs" disabled={!hasNext} onClick={() => onOffset(offset + size)}>{t('pager.next')}</Button>
      </Group>
    </Group>
  );
}
