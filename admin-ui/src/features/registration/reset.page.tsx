import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DoorPage } from '../../ui/door-page.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { RequestFault } from '../../ui/states.tsx';
import { BackToSignIn } from './door-links.tsx';
import { ResetDocument } from './registration.documents.ts';

interface Values { password: string; confirm: string }

const fields = ['password'] as const;

/** What the mailed link says; it is taken out of the address bar, which people copy and share. */
function takeLink(): { email: string; token: string } {
  const given = new URLSearchParams(window.location.search), link = { email: given.get('email') ?? '', token: given.get('token') ?? '' };
  if (link.token) window.history.replaceState(null, '', window.location.pathname);
  return link;
}

/** Where the mailed link leads: a new password. */
export function ResetPage() {
  const { t } = useTranslation();
  const [link] = useState(takeLink);
  const [{ data, error, fetching }, reset] = useMutation(ResetDocument);
  const { register, handleSubmit, setError, getValues, formState: { errors } } = useForm<Values>();
  const { placed, take } = useRefusals<Values>(fields, setError);
  const submit = handleSubmit(async ({ password }) => {
    const answer = await reset({ input: { ...link, password } });
    if (answer.data) take(answer.data.passwordReset.userErrors);
  });
  if (data?.passwordReset.userErrors.length === 0) return <DoorPage title={t('reset.title')}><Alert color="green" role="status">{t('reset.done')}</Alert><BackToSignIn /></DoorPage>;
  return (
    <DoorPage title={t('reset.title')} about={t('reset.about', { email: link.email })}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {placed.above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          {error && <RequestFault error={error} />}
          <PasswordInput label={t('setup.password')} description={t('setup.passwordRule')} autoComplete="new-password" autoFocus error={errors.password && (errors.password.message || t('setup.passwordRule'))}
            {...register('password', { required: true, minLength: 8 })} />
          <PasswordInput label={t('setup.confirm')} autoComplete="new-password" error={errors.confirm && (errors.confirm.message || t('setup.different'))}
            {...register('confirm', { validate: (value) => value === getValues('password') })} />
          <Button type="submit" loading={fetching} fullWidth>{t('reset.submit')}</Button>
          <BackToSignIn />
        </Stack>
      </form>
    </DoorPage>
  );
}
