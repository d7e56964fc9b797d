import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconApi, IconLogout, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { SignOutDocument } from './session.documents.ts';
import { useStandingChange } from './use-standing-change.ts';
import { useViewer } from './viewer.ts';

export function AccountMenu() {
  const { t } = useTranslation();
  const { user } = useViewer();
  const changeStanding = useStandingChange();
  const [, signOut] = useMutation(SignOutDocument);
  const leave = async () => {
    await signOut({});
    await changeStanding();
  };
  return (
    <Menu>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.account')}><IconUser size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label><Text size="sm" fw={600} component="span">{user.displayName || user.username}</Text></Menu.Label>
        <Menu.Item component="a" href="/graphql/explorer" target="_blank" rel="noreferrer" leftSection={<IconApi size={16} />}>{t('shell.explorer')}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
