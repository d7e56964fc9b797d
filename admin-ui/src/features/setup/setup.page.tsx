import { Alert, Button, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { SetupMode } from '../../gql/graphql.ts';
import { DoorPage } from '../../ui/door-page.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { RequestFault } from '../../ui/states.tsx';
import { SignInDocument } from '../session/session.documents.ts';
import { useStandingChange } from '../session/use-standing-change.ts';
import { SetupCompleteDocument } from './setup.documents.ts';

interface Values { username: string; password: string; confirmPassword: string; mode: SetupMode }

const fields = ['username', 'password', 'confirmPassword'] as const;

/** The token of the one-time link; it is taken out of the address bar, which people copy and share. */
function takeToken(): string | null {
  const token = new URLSearchParams(window.location.search).get('token');
  if (token) window.history.replaceState(null, '', window.location.pathname);
  return token;
}

/** Makes the first user and signs them in. */
export function SetupPage() {
  const { t } = useTranslation();
  const enter = useStandingChange();
  const [token] = useState(takeToken);
  const [{ error, fetching }, complete] = useMutation(SetupCompleteDocument);
  const [, signIn] = useMutation(SignInDocument);
  const { register, control, handleSubmit, setError, getValues, formState: { errors } } = useForm<Values>({ defaultValues: { mode: 'PUBLIC' } });
  const { placed, take } = useRefusals(fields, setError);

  const submit = handleSubmit(async (values) => {
    const answer = await complete({ input: { ...values, token } });
    if (!answer.data || !take(answer.data.setupComplete.userErrors)) return;
    await signIn({ input: { username: values.username, password: values.password } });
    await enter();
  });
  return (
    <DoorPage title={t('setup.title')} about={t('setup.about')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {placed.above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          {error && <RequestFault error={error} />}
          <TextInput label={t('setup.username')} description={t('setup.usernameRule')} autoComplete="username" autoFocus error={errors.username && (errors.username.message || t('form.required'))}
            {...register('username', { required: true })} />
          <PasswordInput label={t('setup.password')} description={t('setup.passwordRule')} autoComplete="new-password" error={errors.password && (errors.password.message || t('setup.passwordRule'))}
            {...register('password', { required: true, minLength: 8 })} />
          <PasswordInput label={t('setup.confirm')} autoComplete="new-password" error={errors.confirmPassword && (errors.confirmPassword.message || t('setup.different'))}
            {...register('confirmPassword', { validate: (value) => value === getValues('password') })} />
          <Controller control={control} name="mode" render={({ field }) => (
            <Radio.Group label={t('setup.mode')} {...field}>
              <Stack gap="xs" mt="xs">
                <Radio value="PUBLIC" label={t('setup.modePublic')} description={t('setup.modePublicAbout')} />
                <Radio value="SELF_USE" label={t('setup.modeSelf')} description={t('setup.modeSelfAbout')} />
              </Stack>
            </Radio.Group>
          )} />
          <Button type="submit" loading={fetching} fullWidth>{t('setup.submit')}</Button>
        </Stack>
      </form>
    </DoorPage>
  );
}
