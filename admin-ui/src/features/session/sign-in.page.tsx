import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DoorPage } from '../../ui/door-page.tsx';
import { RequestFault } from '../../ui/states.tsx';
import { SignInDocument } from './session.documents.ts';
import { useStandingChange } from './use-standing-change.ts';

/** What most sign-ins do not need comes after the form. */
const SecondStep = lazy(async () => ({ default: (await import('./second-step.tsx')).SecondStep }));
const HumanGate = lazy(async () => ({ default: (await import('../human/human-gate.tsx')).HumanGate }));
const DoorLinks = lazy(async () => ({ default: (await import('../registration/door-links.tsx')).DoorLinks }));
const OtherWays = lazy(async () => ({ default: (await import('./other-ways.tsx')).OtherWays }));

/** The two fields as they stand; plain, since a form library would be half of this page. */
function read(form: HTMLFormElement) {
  const values = new FormData(form), of = (name: string) => { const value = values.get(name); return typeof value === 'string' ? value : ''; };
  return { username: of('username'), password: of('password') };
}

export function SignInPage() {
  const { t } = useTranslation();
  const enter = useStandingChange();
  const [{ data, error, fetching }, signIn] = useMutation(SignInDocument);
  const [captcha, setCaptcha] = useState<string | null>(null), [missing, setMissing] = useState<string[]>([]), [isHalf, setHalf] = useState(false);
  const refusal = data?.sessionCreate.userErrors[0];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget, input = read(form), empty = Object.entries(input).filter(([, value]) => !value).map(([name]) => name);
    setMissing(empty);
    if (empty[0]) return form.querySelector<HTMLInputElement>(`[name="${empty[0]}"]`)?.focus();
    const answer = await signIn({ input: { ...input, captcha } });
    if (answer.data?.sessionCreate.viewer) await enter();
    else if (answer.data?.sessionCreate.twoFactorRequired) setHalf(true);
  };
  const need = (name: string) => missing.includes(name) && t('form.required');
  if (isHalf) return <DoorPage title={t('signIn.title')}><Suspense><SecondStep onEnter={enter} onLeave={() => setHalf(false)} /></Suspense></DoorPage>;
  return (
    <DoorPage title={t('signIn.title')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          {refusal && <Alert color="red" role="alert">{refusal.message}</Alert>}
          {error && <RequestFault error={error} />}
          <TextInput label={t('signIn.username')} autoComplete="username" autoFocus name="username" error={need('username')} />
          <PasswordInput label={t('signIn.password')} autoComplete="current-password" name="password" error={need('password')} />
          <Suspense><HumanGate onAnswer={setCaptcha} /></Suspense>
          <Button type="submit" loading={fetching} fullWidth>{t('signIn.submit')}</Button>
        </Stack>
      </form>
      <Suspense><DoorLinks /></Suspense>
      <Suspense><OtherWays onEnter={enter} onSecondStep={() => setHalf(true)} /></Suspense>
    </DoorPage>
  );
}
