import { Alert, Box, Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { useMutation } from 'urql';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Loading, RequestFault } from '../../ui/states.tsx';
import { TwoFactorBeginDocument, TwoFactorEnableDocument } from './security.documents.ts';

/** As a picture of its own: markup in an image runs nothing. */
const pictureOf = (text: string): string => `data:image/svg+xml,${encodeURIComponent(renderSVG(text))}`;

/** The secret as QR code and text, the backup codes, and a first code that proves that the app has it. */
export function TwoFactorSetup({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, error }, begin] = useMutation(TwoFactorBeginDocument);
  const [{ data: enabled, error: fault, fetching }, enable] = useMutation(TwoFactorEnableDocument);
  const [code, setCode] = useState(''), [kept, setKept] = useState(false);
  useEffect(() => { void begin({}); }, [begin]);
  const set = data?.twoFactorBegin, refusal = set?.userErrors[0]?.message, wrong = enabled?.twoFactorEnable.userErrors[0]?.message;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ((await enable({ code: code.trim() })).data?.twoFactorEnable.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('security.setUp')} size="lg" closeOnClickOutside={false} withCloseButton closeButtonProps={{ 'aria-label': t('action.close') }}>
      {(error ?? fault) && <RequestFault error={(error ?? fault)!} />}
      {refusal && <Alert color="red" role="alert">{refusal}</Alert>}
      {!data && !error && <Loading rows={3} />}
      {set?.secret && set.otpauthUrl && (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack>
            <Text size="sm">{t('security.scan')}</Text>
            <Group align="flex-start">
              <Box component="img" src={pictureOf(set.otpauthUrl)} alt={t('security.qr')} w={180} h={180} bg="white" p={6} />
              <Stack gap={4}><Text size="sm">{t('security.typeIn')}</Text><Code data-testid="totp-secret" style={{ overflowWrap: 'anywhere' }}>{set.secret}</Code></Stack>
            </Group>
            <Text size="sm" fw={600}>{t('security.codes')}</Text>
            <Text size="sm">{t('security.codesAbout')}</Text>
            <Code block data-testid="backup-codes">{set.backupCodes?.join('\n')}</Code>
            <Group>
              <CopyButton variant="default" value={set.backupCodes?.join('\n') ?? ''} onCopied={() => setKept(true)} />
              <Checkbox label={t('secret.stored')} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
            </Group>
            <TextInput label={t('security.firstCode')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="one-time-code" inputMode="numeric" maxLength={10} error={wrong} />
            <Button type="submit" loading={fetching} disabled={!kept || !/^\s*\d{6}\s*$/.test(code)}>{t('security.on')}</Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
