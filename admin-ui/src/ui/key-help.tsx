import { Group, Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actsNow, keysAreOn, switchKeys } from './keyboard.ts';
import { keyName } from './keys.ts';
import { useReturnFocus } from './return-focus.ts';

/** Every key of the page that is open, and the switch that turns letters off. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [on, setOn] = useState(keysAreOn);
  const [acts] = useState(actsNow);
  useReturnFocus();
  const choose = (chosen: boolean) => { switchKeys(chosen); setOn(chosen); };
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        <Switch label={t('keys.on')} description={t('keys.onAbout')} checked={on} onChange={(event) => choose(event.currentTarget.checked)} />
        <Table>
          <Table.Tbody>
            <Table.Tr><Table.Td><Kbd>Ctrl</Kbd> <Kbd>K</Kbd></Table.Td><Table.Td>{t('shell.search')}</Table.Td></Table.Tr>
            {acts.map(({ keys, label }) => (
              <Table.Tr key={keys.join(' ')}>
                <Table.Td><Group gap={4}>{keys.map((key) => <Kbd key={key}>{keyName(key)}</Kbd>)}</Group></Table.Td>
                <Table.Td>{t(label)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}
