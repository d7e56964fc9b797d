import { Button, Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CodeSendDocument } from './registration.documents.ts';

/** The mailed code, and the button that mails it. */
export function CodeField({ email, captcha, error, field }: { email: () => string; captcha: string | null; error: ReactNode; field: UseFormRegisterReturn }) {
  const { t } = useTranslation();
  const [{ data, error: fault, fetching }, send] = useMutation(CodeSendDocument);
  const refusal = data?.emailVerificationSend.userErrors[0]?.message ?? fault?.graphQLErrors[0]?.message ?? fault?.message;
  return (
    <>
      <Group align="flex-end" wrap="nowrap">
        <TextInput label={t('register.code')} autoComplete="one-time-code" error={error} style={{ flex: 1 }} {...field} />
        <Button variant="default" loading={fetching} onClick={() => void send({ email: email(), captcha })}>{t('register.sendCode')}</Button>
      </Group>
      <Text size="sm" role="status" c={refusal ? 'red' : 'dimmed'}>{refusal ?? (data ? t('register.codeSent') : '')}</Text>
    </>
  );
}
