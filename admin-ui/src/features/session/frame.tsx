/** The signed-in frame, loaded after the doors: which destinations this viewer has. The server decides again on every field. */
import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { IconBox, IconBroadcast, IconHome, IconKey, IconListSearch, IconReceipt, IconServer2, IconSettings, IconShieldLock, IconTicket, IconUserCircle } from '@tabler/icons-react';
import { LiveDot } from '../../client/live-dot.tsx';
import { Shell, type Destination } from '../../ui/shell.tsx';
import { StepUps } from '../security/step-ups.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useViewer } from './viewer.ts';

type Guarded = Destination & { needs?: string };

const destinations: readonly Guarded[] = [
  { path: '/overview', label: 'nav.overview', group: 'nav.home', icon: IconHome, keys: 'o' },
  { path: '/tokens', label: 'nav.tokens', group: 'nav.build', icon: IconKey, keys: 't' },
  { path: '/logs', label: 'nav.logs', group: 'nav.observe', icon: IconListSearch, keys: 'l' },
  { path: '/node/channels', label: 'nav.channels', group: 'nav.node', icon: IconServer2, keys: 'c', needs: 'CHANNEL_READ' },
  { path: '/admin/logs', label: 'nav.allLogs', group: 'nav.platform', icon: IconBroadcast, keys: 'al', needs: 'LOG_READ_ANY' },
  { path: '/admin/models', label: 'nav.models', group: 'nav.platform', icon: IconBox, keys: 'am', needs: 'MODEL_READ' },
  { path: '/admin/prices', label: 'nav.prices', group: 'nav.platform', icon: IconReceipt, keys: 'ap', needs: 'PRICING_WRITE' },
  { path: '/admin/redemption', label: 'nav.redemption', group: 'nav.platform', icon: IconTicket, keys: 'ar', needs: 'REDEMPTION_READ' },
  { path: '/admin/settings', label: 'nav.settings', group: 'nav.platform', icon: IconSettings, keys: 'as', needs: 'OPTION_READ' },
  { path: '/settings/account', label: 'nav.ownAccount', group: 'nav.account', icon: IconUserCircle, keys: 'w' },
  { path: '/settings/security', label: 'nav.security', group: 'nav.account', icon: IconShieldLock, keys: 's' },
];

export function Frame() {
  const { permissions } = useViewer();
  const visible = destinations.filter(({ needs }) => !needs || permissions.includes(needs));
  return (
    <ModalsProvider modalProps={{ withCloseButton: false }}>
      <Notifications position="bottom-right" />
      <StepUps />
      <Shell destinations={visible} status={<LiveDot />} account={<AccountMenu />} />
    </ModalsProvider>
  );
}
