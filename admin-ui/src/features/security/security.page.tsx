import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Page } from '../../ui/page.tsx';
import { Loading, RequestFault } from '../../ui/states.tsx';
import { AccessTokenSection } from './access-token-section.tsx';
import { BindingsSection } from './bindings-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { SecurityDocument } from './security.documents.ts';
import { SessionsSection } from './sessions-section.tsx';
import { TwoFactorSection } from './two-factor-section.tsx';

/** How one signs in here, and where one is signed in. */
export function SecurityPage() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, again] = useQuery({ query: SecurityDocument });
  const reload = () => again({ requestPolicy: 'network-only' });
  const viewer = data?.viewer, methods = data?.site.signInMethods.map(({ kind }) => kind) ?? [];
  return (
    <Page title={t('security.title')} about={t('security.about')}>
      {error && <RequestFault error={error} retry={reload} />}
      {!data && fetching && <Loading />}
      {viewer && (
        <Stack>
          <TwoFactorSection state={viewer.twoFactor} onChange={reload} />
          {data.site.passkeys.enabled && <PasskeysSection passkeys={viewer.passkeys} onChange={reload} />}
          {(methods.length > 0 || viewer.bindings.length > 0) && <BindingsSection bindings={viewer.bindings} offered={methods} onChange={reload} />}
          <SessionsSection sessions={viewer.sessions} onChange={reload} />
          <AccessTokenSection />
        </Stack>
      )}
    </Page>
  );
}
