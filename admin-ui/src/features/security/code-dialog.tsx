import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  about: string;
  /** Why the code was refused; nothing when it was right. */
  act: (code: string) => Promise<string | undefined>;
  onClose: () => void;
}

/** Asks for a code of the app and does one thing with it. */
export function CodeDialog({ title, about, act, onClose }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState(''), [fault, setFault] = useState<string>(), [sending, setSending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const refused = await act(code.trim());
    setSending(false);
    setFault(refused);
    setCode('');
    if (refused === undefined) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} withCloseButton closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <Text size="sm">{about}</Text>
          <TextInput label={t('signIn.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="one-time-code" spellCheck={false} error={fault} data-autofocus />
          <Button type="submit" loading={sending} disabled={!code.trim()}>{t('stepUp.submit')}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
