/** The signed-in frame: which destinations this viewer has. The server decides again on every field. */
import { IconHome, IconKey, IconServer2 } from '@tabler/icons-react';
import type { LiveConnection } from '../../client/live.ts';
import { LiveDot } from '../../ui/live-dot.tsx';
import { Shell, type Destination } from '../../ui/shell.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useViewer } from './viewer.ts';

type Guarded = Destination & { needs?: string };

const destinations: readonly Guarded[] = [
  { path: '/overview', label: 'nav.overview', group: 'nav.home', icon: IconHome, keys: 'o' },
  { path: '/tokens', label: 'nav.tokens', group: 'nav.build', icon: IconKey, keys: 't' },
  { path: '/node/channels', label: 'nav.channels', group: 'nav.node', icon: IconServer2, keys: 'c', needs: 'CHANNEL_READ' },
];

export function Frame({ live }: { live: LiveConnection }) {
  const { permissions } = useViewer();
  const visible = destinations.filter(({ needs }) => !needs || permissions.includes(needs));
  return <Shell destinations={visible} status={<LiveDot connection={live} />} account={<AccountMenu />} />;
}
