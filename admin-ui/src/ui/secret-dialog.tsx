import { Alert, Button, Checkbox, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.tsx';
import { useReturnFocus } from './return-focus.ts';

interface Props { title: string; secret: string; children?: ReactNode; onClose: () => void }

/** Shows a value that can be read only now. Closes once it was copied, or the reader says that it is stored. */
export function SecretDialog({ title, secret, children, onClose }: Props) {
  const { t } = useTranslation();
  const [stored, setStored] = useState(false);
  useReturnFocus();
  return (
    <Modal opened onClose={() => stored && onClose()} title={title} size="lg" withCloseButton={stored} closeButtonProps={{ 'aria-label': t('action.close') }} closeOnClickOutside={false}>
      <Stack>
        <Alert color="yellow">{t('secret.once')}</Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} data-testid="secret">{secret}</Code>
        <Group>
          <CopyButton value={secret} data-autofocus onCopied={() => setStored(true)} />
          <Checkbox label={t('secret.stored')} checked={stored} onChange={(event) => setStored(event.currentTarget.checked)} />
        </Group>
        {children && <Text component="div" size="sm">{children}</Text>}
        <Group justify="flex-end"><Button variant="default" disabled={!stored} onClick={onClose}>{t('action.done')}</Button></Group>
      </Stack>
    </Modal>
  );
}
