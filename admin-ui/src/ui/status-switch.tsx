import { Stack, Switch, Text } from '@mantine/core';

interface Props {
  on: boolean;
  /** The state in a word: colour alone says nothing to many. */
  word: string;
  /** For screen readers: whose switch this is. */
  name: string;
  reason?: string | null | undefined;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

export function StatusSwitch({ on, word, name, reason, disabled, onChange }: Props) {
  return (
    <Stack gap={2}>
      <Switch size="sm" checked={on} disabled={disabled ?? false} label={word} aria-label={`${name}: ${word}`} className="nowrap" onChange={(event) => onChange(event.currentTarget.checked)} />
      {reason && <Text size="xs" c="dimmed" lineClamp={2} title={reason} maw={220}>{reason}</Text>}
    </Stack>
  );
}
