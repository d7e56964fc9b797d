import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { DoorPage } from '../../ui/door-page.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { RequestFault } from '../../ui/states.tsx';
import { HumanGate } from '../human/human-gate.tsx';
import { SignInDocument } from '../session/session.documents.ts';
import { useStandingChange } from '../session/use-standing-change.ts';
import { BackToSignIn } from './door-links.tsx';
import { CodeField } from './code-field.tsx';
import { RegisterDocument, RegistrationDocument } from './registration.documents.ts';

interface Values { username: string; password: string; confirm: string; email: string; verificationCode: string }

const fields = ['username', 'password', 'email', 'verificationCode'] as const;

/** The invite code of the link. */
const inviteCode = (): string | null => new URLSearchParams(window.location.search).get('aff');

/** Makes an account and signs it in. */
export function RegisterPage() {
  const { t } = useTranslation();
  const enter = useStandingChange();
  const [invite] = useState(inviteCode), [captcha, setCaptcha] = useState<string | null>(null);
  const [{ data: site }] = useQuery({ query: RegistrationDocument });
  const [{ error, fetching }, send] = useMutation(RegisterDocument);
  const [, signIn] = useMutation(SignInDocument);
  const { register, handleSubmit, setError, getValues, formState: { errors } } = useForm<Values>();
  const { placed, take } = useRefusals<Values>(fields, setError);
  const { open = true, emailVerification = false } = site?.site.registration ?? {};

  const submit = handleSubmit(async ({ username, password, email, verificationCode }) => {
    const answer = await send({ input: { username, password, email: email || null, verificationCode: verificationCode || null, inviteCode: invite, captcha } });
    if (!answer.data || !take(answer.data.accountRegister.userErrors)) return;
    await signIn({ input: { username, password } });
    await enter();
  });
  if (!open) return <DoorPage title={t('register.title')}><Alert>{t('register.closed')}</Alert><BackToSignIn /></DoorPage>;
  return (
    <DoorPage title={t('register.title')} about={t('register.about')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {placed.above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          {error && <RequestFault error={error} />}
          <TextInput label={t('setup.username')} description={t('register.usernameRule')} autoComplete="username" autoFocus error={errors.username && (errors.username.message || t('form.required'))}
            {...register('username', { required: true })} />
          <PasswordInput label={t('setup.password')} description={t('setup.passwordRule')} autoComplete="new-password" error={errors.password && (errors.password.message || t('setup.passwordRule'))}
            {...register('password', { required: true, minLength: 8 })} />
          <PasswordInput label={t('setup.confirm')} autoComplete="new-password" error={errors.confirm && (errors.confirm.message || t('setup.different'))}
            {...register('confirm', { validate: (value) => value === getValues('password') })} />
          <TextInput label={t('register.email')} description={emailVerification ? undefined : t('register.emailAbout')} type="email" autoComplete="email" error={errors.email && (errors.email.message || t('form.required'))}
            {...register('email', { required: emailVerification })} />
          {emailVerification && <CodeField email={() => getValues('email')} captcha={captcha} error={errors.verificationCode && (errors.verificationCode.message || t('form.required'))} field={register('verificationCode', { required: true })} />}
          <HumanGate onAnswer={setCaptcha} />
          <Button type="submit" loading={fetching} fullWidth>{t('register.submit')}</Button>
          <BackToSignIn />
        </Stack>
      </form>
    </DoorPage>
  );
}
