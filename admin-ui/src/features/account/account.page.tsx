import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Page } from '../../ui/page.tsx';
import { Loading, RequestFault } from '../../ui/states.tsx';
import { AccountDocument } from './account.documents.ts';
import { CheckInSection } from './check-in-section.tsx';
import { InviteSection } from './invite-section.tsx';
import { NotifySection } from './notify-section.tsx';
import { TopUpSection } from './top-up-section.tsx';

/** What belongs to the account beside signing in: balance, invitations, notifications. */
export function AccountPage() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, again] = useQuery({ query: AccountDocument });
  const reload = () => again({ requestPolicy: 'network-only' });
  const viewer = data?.viewer;
  return (
    <Page title={t('account.title')} about={t('account.about')}>
      {error && <RequestFault error={error} retry={reload} />}
      {!data && fetching && <Loading />}
      {viewer && (
        <Stack>
          <TopUpSection quota={viewer.user.quota} options={viewer.topUpOptions} onChange={reload} />
          {viewer.checkIns.enabled && <CheckInSection state={viewer.checkIns} onChange={reload} />}
          <InviteSection invite={viewer.invite} onChange={reload} />
          <NotifySection key={viewer.user.id} setting={viewer.notifySetting} email={viewer.user.email} onChange={reload} />
        </Stack>
      )}
    </Page>
  );
}
