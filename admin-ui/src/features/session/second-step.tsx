import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RequestFault } from '../../ui/states.tsx';
import { SecondStepDocument } from './session.documents.ts';

/** The code of an authenticator app, or a backup code; six digits go by themselves. */
export function SecondStep({ onEnter, onLeave }: { onEnter: () => Promise<void>; onLeave: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [{ data, error, fetching }, verify] = useMutation(SecondStepDocument);
  const refusal = data?.sessionVerifyTwoFactor.userErrors[0];
  const send = async (text: string) => {
    const answer = await verify({ code: text });
    if (answer.data?.sessionVerifyTwoFactor.viewer) await onEnter();
    else setCode('');
  };
  const write = (text: string) => {
    setCode(text);
    if (/^\s*\d{6}\s*$/.test(text) && !fetching) void send(text);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() && !fetching) void send(code);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t('signIn.secondAbout')}</Text>
        {refusal && <Alert color="red" role="alert">{refusal.message}</Alert>}
        {error && <RequestFault error={error} />}
        <TextInput label={t('signIn.code')} value={code} onChange={(event) => write(event.currentTarget.value)} autoComplete="one-time-code" autoFocus spellCheck={false} maxLength={20} name="code" />
        <Button type="submit" loading={fetching} fullWidth>{t('signIn.submit')}</Button>
        <Button variant="subtle" onClick={onLeave}>{t('signIn.other')}</Button>
      </Stack>
    </form>
  );
}
