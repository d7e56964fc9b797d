import { Alert, Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { SecurityQuery } from '../../gql/graphql.ts';
import { formatTime } from '../../ui/format.ts';
import { showRefusals } from '../../ui/toast.ts';
import { usePasskey } from '../session/use-passkey.ts';
import { Item, Section } from '../../ui/section.tsx';
import { PasskeyDeleteDocument, PasskeyRegisterBeginDocument, PasskeyRegisterFinishDocument } from './security.documents.ts';

type Passkeys = NonNullable<SecurityQuery['viewer']>['passkeys'];

export function PasskeysSection({ passkeys, onChange }: { passkeys: Passkeys; onChange: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const client = useClient();
  const [name, setName] = useState('');
  const ceremony = useMemo(() => ({
    begin: async () => (await client.mutation(PasskeyRegisterBeginDocument, {}).toPromise()).data?.passkeyRegisterBegin,
    finish: async (response: unknown) => (await client.mutation(PasskeyRegisterFinishDocument, { response, name }).toPromise()).data?.passkeyRegisterFinish,
  }), [client, name]);
  const { running, fault, run } = usePasskey('create', ceremony);
  const add = async () => {
    if (!(await run())) return;
    setName('');
    onChange();
  };
  const remove = async (id: string) => {
    const { data, error } = await client.mutation(PasskeyDeleteDocument, { id }).toPromise();
    if (showRefusals(data?.passkeyDelete.userErrors, error)) onChange();
  };
  return (
    <Section title={t('security.passkeys')} about={t('security.passkeysAbout')} actions={(
      <><TextInput aria-label={t('security.passkeyName')} placeholder={t('security.passkeyName')} value={name} maxLength={64} onChange={(event) => setName(event.currentTarget.value)} />
        <Button loading={running} onClick={() => void add()}>{t('security.addPasskey')}</Button></>
    )}>
      {fault && <Alert color="red" role="alert">{fault}</Alert>}
      <ul className="plain-list">
        {passkeys.map((one) => (
          <Item key={one.id} name={one.name} detail={t('security.passkeyTimes', { made: formatTime(one.createdAt, language), used: one.lastUsedAt ? formatTime(one.lastUsedAt, language) : t('security.never') })}
            action={<Button size="compact-sm" variant="subtle" color="red" aria-label={t('security.removeNamed', { name: one.name })} onClick={() => void remove(one.id)}>{t('action.delete')}</Button>} />
        ))}
      </ul>
    </Section>
  );
}
