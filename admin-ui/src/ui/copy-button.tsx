import { Button, type ButtonProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy.ts';

interface Props extends ButtonProps { value: string; onCopied?: () => void; 'data-autofocus'?: boolean }

/** Copies the value exactly, and says whether it did. */
export function CopyButton({ value, onCopied, ...rest }: Props) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    const done = await copyText(value);
    setOutcome(done ? 'copied' : 'copyFailed');
    if (done) onCopied?.();
  };
  return (
    <Button {...rest} leftSection={outcome === 'copied' ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={() => void copy()}>
      <span aria-live="polite">{t(`action.${outcome ?? 'copy'}`)}</span>
    </Button>
  );
}
