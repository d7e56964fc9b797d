import { modals } from '@mantine/modals';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks before changes are lost, be it by closing the form, by going to another page or by closing the tab. */
export function useUnsaved(dirty: boolean, close: () => void) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const mayLeave = (): Promise<boolean> => new Promise((resolve) => {
    setAsking(true);
    modals.openConfirmModal({
      title: t('unsaved.title'), children: t('unsaved.about'), labels: { confirm: t('unsaved.leave'), cancel: t('unsaved.stay') }, confirmProps: { color: 'red' },
      onConfirm: () => resolve(true), // Later: the same Escape would otherwise reach the form, and ask again.
      onClose: () => { window.setTimeout(() => setAsking(false)); resolve(false); },
    });
  });
  useBlocker({ shouldBlockFn: async () => !(await mayLeave()), enableBeforeUnload: dirty, disabled: !dirty });
  const askAndClose = async () => { if (!dirty || (!asking && await mayLeave())) close(); };
  return { asking, askAndClose: () => void askAndClose() };
}
