import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { showRefusals } from '../../ui/toast.ts';
import { Section } from '../../ui/section.tsx';
import { AccessTokenRotateDocument } from './security.documents.ts';

const SecretDialog = lazy(async () => ({ default: (await import('../../ui/secret-dialog.tsx')).SecretDialog }));

export function AccessTokenSection() {
  const { t } = useTranslation();
  const [{ fetching }, rotate] = useMutation(AccessTokenRotateDocument);
  const [secret, setSecret] = useState<string>();
  const make = async () => {
    const { data, error } = await rotate({});
    if (showRefusals(data?.accessTokenRotate.userErrors, error)) setSecret(data?.accessTokenRotate.accessToken ?? undefined);
  };
  return (
    <Section title={t('security.accessToken')} about={t('security.accessTokenAbout')} actions={<Button variant="default" loading={fetching} onClick={() => void make()}>{t('security.newAccessToken')}</Button>}>
      <Suspense>{secret && <SecretDialog title={t('security.accessToken')} secret={secret} onClose={() => setSecret(undefined)} />}</Suspense>
    </Section>
  );
}
