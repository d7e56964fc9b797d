import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DoorPage } from '../../ui/door-page.tsx';
import { RequestFault } from '../../ui/states.tsx';
import { SignInDocument } from './session.documents.ts';
import { useStandingChange } from './use-standing-change.ts';

interface Values { username: string; password: string }

export function SignInPage() {
  const { t } = useTranslation();
  const enter = useStandingChange();
  const [{ data, error, fetching }, signIn] = useMutation(SignInDocument);
  const { register, handleSubmit, formState } = useForm<Values>();
  const refusal = data?.sessionCreate.userErrors[0];
  const submit = handleSubmit(async (input) => {
    const answer = await signIn({ input });
    if (answer.data?.sessionCreate.viewer) await enter();
  });
  return (
    <DoorPage title={t('signIn.title')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {refusal && <Alert color="red" role="alert">{refusal.message}</Alert>}
          {error && <RequestFault error={error} />}
          <TextInput label={t('signIn.username')} autoComplete="username" autoFocus error={formState.errors.username && t('form.required')} {...register('username', { required: true })} />
          <PasswordInput label={t('signIn.password')} autoComplete="current-password" error={formState.errors.password && t('form.required')} {...register('password', { required: true })} />
          <Button type="submit" loading={fetching} fullWidth>{t('signIn.submit')}</Button>
        </Stack>
      </form>
    </DoorPage>
  );
}
