import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DoorPage } from '../../ui/door-page.tsx';
import { RequestFault } from '../../ui/states.tsx';
import { HumanGate } from '../human/human-gate.tsx';
import { BackToSignIn } from './door-links.tsx';
import { ResetSendDocument } from './registration.documents.ts';

/** Asks for a mail with a link. The answer does not tell whether there is such an account. */
export function ForgotPage() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, send] = useMutation(ResetSendDocument);
  const [captcha, setCaptcha] = useState<string | null>(null);
  const refusal = data?.passwordResetSend.userErrors[0];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get('email');
    if (typeof email === 'string') void send({ email, captcha });
  };
  return (
    <DoorPage title={t('forgot.title')} about={t('forgot.about')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {error && <RequestFault error={error} />}
          {data?.passwordResetSend.ok && <Alert color="green" role="status">{t('forgot.sent')}</Alert>}
          <TextInput label={t('register.email')} type="email" name="email" autoComplete="email" autoFocus error={refusal?.message} />
          <HumanGate onAnswer={setCaptcha} />
          <Button type="submit" loading={fetching} fullWidth>{t('forgot.submit')}</Button>
          <BackToSignIn />
        </Stack>
      </form>
    </DoorPage>
  );
}
