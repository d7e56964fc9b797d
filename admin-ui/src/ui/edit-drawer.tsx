import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import type { Placed } from './form-errors.ts';
import { useReturnFocus } from './return-focus.ts';
import { RequestFault } from './states.tsx';
import { useUnsaved } from './unsaved.ts';

interface Props {
  title: string;
  /** `create` or `save`. */
  act: 'create' | 'save';
  dirty: boolean;
  saving: boolean;
  placed: Placed;
  fault: CombinedError | undefined;
  onSubmit: (event: FormEvent) => void;
  onClose: () => void;
  /** Brings what is stored now, after a conflict. */
  onReload: () => void;
  children: ReactNode;
}

/** The panel in which one thing is added or changed. Asks before changes are lost; shows refusals that belong to no field. */
export function EditDrawer({ title, act, dirty, saving, placed, fault, onSubmit, onClose, onReload, children }: Props) {
  const { t } = useTranslation();
  const { asking, askAndClose } = useUnsaved(dirty, onClose);
  useReturnFocus();
  return (
    <Drawer opened onClose={askAndClose} position="right" size="lg" title={title} closeOnEscape={!asking} trapFocus={!asking} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          {children}
          {placed.above.map((message) => <Alert key={message} color="red" role="alert">{message}</Alert>)}
          {placed.conflict && (
            <Alert color="orange" role="alert" title={placed.conflict}>
              <Stack gap="xs" align="flex-start">{t('form.conflictAbout')}<Button size="xs" variant="default" onClick={onReload}>{t('form.reload')}</Button></Stack>
            </Alert>
          )}
          {fault && <RequestFault error={fault} />}
          <Group justify="flex-end" className="form-actions">
            <Button variant="default" onClick={askAndClose}>{t('action.cancel')}</Button>
            <Button type="submit" loading={saving}>{t(`action.${act}`)}</Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
