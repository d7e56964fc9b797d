import { Alert, Button, Checkbox, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props { title: string; secret: string; children?: ReactNode; onClose: () => void }

/** Shows a value that can be read only now. Closes once it was copied, or the reader says that it is stored. */
export function SecretDialog({ title, secret, children, onClose }: Props) {
  const { t } = useTranslation();
  const [stored, setStored] = useState(false);
  return (
    <Modal opened onClose={() => stored && onClose()} title={title} size="lg" withCloseButton={stored} closeOnClickOutside={false}>
      <Stack>
        <Alert color="yellow">{t('secret.once')}</Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} data-testid="secret">{secret}</Code>
        <Group>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button data-autofocus leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={() => { copy(); setStored(true); }}>
                {t(copied ? 'action.copied' : 'action.copy')}
              </Button>
            )}
          </CopyButton>
          <Checkbox label={t('secret.stored')} checked={stored} onChange={(event) => setStored(event.currentTarget.checked)} />
        </Group>
        {children && <Text component="div" size="sm">{children}</Text>}
        <Group justify="flex-end"><Button variant="default" disabled={!stored} onClick={onClose}>{t('action.done')}</Button></Group>
      </Stack>
    </Modal>
  );
}
