import { Alert, Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMutation } from 'urql';
import { RequestFault } from '../../ui/states.tsx';
import { usePasskey } from '../session/use-passkey.ts';
import { PasskeyVerifyBeginDocument, PasskeyVerifyFinishDocument, StepUpVerifyDocument } from './security.documents.ts';

interface Props { methods: readonly string[]; onDone: (isProven: boolean) => void }

/** Asks who is there before an act that wants to know: with what the person has, the strongest first. */
export function StepUpDialog({ methods, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={() => onDone(false)} title={t('stepUp.title')} withCloseButton closeButtonProps={{ 'aria-label': t('action.close') }} zIndex={400}>
      <Stack>
        <Text size="sm">{t(methods.length ? 'stepUp.about' : 'stepUp.none')}</Text>
        {methods.includes('PASSKEY') && <ByPasskey onProven={() => onDone(true)} />}
        {methods.includes('TOTP') && <ByText kind="code" onProven={() => onDone(true)} />}
        {methods.includes('PASSWORD') && <ByText kind="password" onProven={() => onDone(true)} />}
      </Stack>
    </Modal>
  );
}

function ByPasskey({ onProven }: { onProven: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const ceremony = useMemo(() => ({
    begin: async () => (await client.mutation(PasskeyVerifyBeginDocument, {}).toPromise()).data?.passkeyVerifyBegin,
    finish: async (response: unknown) => (await client.mutation(PasskeyVerifyFinishDocument, { response }).toPromise()).data?.passkeyVerifyFinish,
  }), [client]);
  const { running, fault, run } = usePasskey('get', ceremony);
  const prove = async () => { if (await run()) onProven(); };
  return (
    <>
      {fault && <Alert color="red" role="alert">{fault}</Alert>}
      <Button leftSection={<IconFingerprint size={18} />} loading={running} onClick={() => void prove()} data-autofocus>{t('signIn.passkey')}</Button>
    </>
  );
}

function ByText({ kind, onProven }: { kind: 'code' | 'password'; onProven: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [{ data, error, fetching }, verify] = useMutation(StepUpVerifyDocument);
  const fault = data?.stepUpVerify.userErrors[0]?.message;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = kind === 'password' ? { method: 'PASSWORD' as const, password: text } : { method: /^\s*\d{6}\s*$/.test(text) ? 'TOTP' as const : 'BACKUP_CODE' as const, code: text };
    if ((await verify({ input })).data?.stepUpVerify.validUntil) onProven();
    else setText('');
  };
  const field = { value: text, onChange: (event: { currentTarget: HTMLInputElement }) => setText(event.currentTarget.value), error: fault, 'data-autofocus': true };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {error && <RequestFault error={error} />}
        {kind === 'password' ? <PasswordInput label={t('signIn.password')} autoComplete="current-password" {...field} /> : <TextInput label={t('signIn.code')} autoComplete="one-time-code" spellCheck={false} {...field} />}
        <Button type="submit" loading={fetching} disabled={!text.trim()}>{t('stepUp.submit')}</Button>
      </Stack>
    </form>
  );
}
