import { Anchor, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { RegistrationDocument } from './registration.documents.ts';

/** The ways from the sign-in to a new account and a new password. */
export function DoorLinks() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: RegistrationDocument });
  return (
    <Group justify="space-between">
      {data?.site.registration.open ? <Anchor size="sm" renderRoot={(props) => <Link to="/register" {...props} />}>{t('register.title')}</Anchor> : <span />}
      <Anchor size="sm" renderRoot={(props) => <Link to="/forgot-password" {...props} />}>{t('forgot.title')}</Anchor>
    </Group>
  );
}

export function BackToSignIn() {
  const { t } = useTranslation();
  return <Anchor size="sm" renderRoot={(props) => <Link to="/sign-in" {...props} />}>{t('signIn.title')}</Anchor>;
}
