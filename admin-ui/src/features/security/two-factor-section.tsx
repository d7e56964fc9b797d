import { Badge, Button, Group, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { SecurityQuery } from '../../gql/graphql.ts';
import { CodeDialog } from './code-dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { BackupCodesDocument, TwoFactorDisableDocument } from './security.documents.ts';

/** The QR code and what draws it. */
const TwoFactorSetup = lazy(async () => ({ default: (await import('./two-factor-setup.tsx')).TwoFactorSetup }));
const SecretDialog = lazy(async () => ({ default: (await import('../../ui/secret-dialog.tsx')).SecretDialog }));

type State = NonNullable<SecurityQuery['viewer']>['twoFactor'];

export function TwoFactorSection({ state, onChange }: { state: State; onChange: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const [open, setOpen] = useState<'setup' | 'disable' | 'codes'>(), [codes, setCodes] = useState<readonly string[]>();
  const close = () => { setOpen(undefined); onChange(); };
  const disable = async (code: string) => {
    const { data, error } = await client.mutation(TwoFactorDisableDocument, { code }).toPromise();
    return data?.twoFactorDisable.userErrors[0]?.message ?? error?.message;
  };
  const renew = async (code: string) => {
    const { data, error } = await client.mutation(BackupCodesDocument, { code }).toPromise();
    setCodes(data?.backupCodesRegenerate.backupCodes ?? undefined);
    return data?.backupCodesRegenerate.userErrors[0]?.message ?? error?.message;
  };
  const actions = state.enabled
    ? <><Button variant="default" onClick={() => setOpen('codes')}>{t('security.newCodes')}</Button><Button variant="default" color="red" onClick={() => setOpen('disable')}>{t('security.off')}</Button></>
    : <Button onClick={() => setOpen('setup')}>{t('security.on')}</Button>;
  return (
    <Section title={t('security.app')} about={t('security.appAbout')} actions={actions}>
      <Group gap="xs"><Badge color={state.enabled ? 'teal' : 'gray'} variant="light">{t(state.enabled ? 'security.isOn' : 'security.isOff')}</Badge>{state.enabled && <Text size="sm">{t('security.codesLeft', { count: state.backupCodesLeft })}</Text>}</Group>
      <Suspense>
        {open === 'setup' && <TwoFactorSetup onClose={close} />}
        {open === 'disable' && <CodeDialog title={t('security.offTitle')} about={t('security.offAbout')} act={disable} onClose={close} />}
        {open === 'codes' && <CodeDialog title={t('security.newCodes')} about={t('security.newCodesAbout')} act={renew} onClose={close} />}
        {codes && <SecretDialog title={t('security.codes')} secret={codes.join('\n')} onClose={() => setCodes(undefined)}>{t('security.codesAbout')}</SecretDialog>}
      </Suspense>
    </Section>
  );
}
