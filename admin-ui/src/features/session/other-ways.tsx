import { Alert, Anchor, Button, Divider, Group, Stack, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMutation, useQuery } from 'urql';
import type { IdentityKind } from '../../gql/graphql.ts';
import { identityNames, isOAuth } from './identity-names.ts';
import { usePasskey } from './use-passkey.ts';
import { OAuthBeginDocument, PasskeySignInBeginDocument, PasskeySignInFinishDocument, SignInWaysDocument, WeChatSignInDocument } from './ways.documents.ts';

interface Props { onEnter: () => Promise<void>; onSecondStep: () => void }

/** Ways to sign in beside the password: those that are switched on. Loaded after the form, which most people use. */
export function OtherWays({ onEnter, onSecondStep }: Props) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: SignInWaysDocument });
  const methods = data?.site.signInMethods ?? [], wechat = methods.find(({ kind }) => kind === 'WECHAT');
  const withPasskey = data?.site.passkeys.enabled === true && 'PublicKeyCredential' in window;
  const providers = methods.map(({ kind }) => kind).filter(isOAuth);
  if (!withPasskey && !providers.length && !wechat) return null;
  return (
    <Stack>
      <Divider label={t('signIn.or')} />
      {withPasskey && <PasskeyWay onEnter={onEnter} />}
      <Group grow>{providers.map((kind) => <ProviderWay key={kind} kind={kind} />)}</Group>
      {wechat && <WeChatWay picture={wechat.address} onEnter={onEnter} onSecondStep={onSecondStep} />}
    </Stack>
  );
}

function PasskeyWay({ onEnter }: Pick<Props, 'onEnter'>) {
  const { t } = useTranslation();
  const client = useClient();
  const ceremony = useMemo(() => ({
    begin: async () => (await client.mutation(PasskeySignInBeginDocument, {}).toPromise()).data?.sessionPasskeyBegin,
    finish: async (response: unknown) => (await client.mutation(PasskeySignInFinishDocument, { response }).toPromise()).data?.sessionPasskeyFinish,
  }), [client]);
  const { running, fault, run } = usePasskey('get', ceremony);
  const enter = async () => { if (await run()) await onEnter(); };
  return (
    <>
      {fault && <Alert color="red" role="alert">{fault}</Alert>}
      <Button variant="default" loading={running} leftSection={<IconFingerprint size={18} />} onClick={() => void enter()}>{t('signIn.passkey')}</Button>
    </>
  );
}

function ProviderWay({ kind }: { kind: IdentityKind }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, begin] = useMutation(OAuthBeginDocument);
  const fault = data?.oauthBegin.userErrors[0]?.message ?? error?.message;
  const go = async () => {
    const url = (await begin({ provider: kind })).data?.oauthBegin.url;
    if (url) window.location.assign(url);
  };
  return (
    <Stack gap={4}>
      <Button variant="default" loading={fetching} onClick={() => void go()}>{t('signIn.with', { name: identityNames[kind] })}</Button>
      {fault && <Alert color="red" role="alert">{fault}</Alert>}
    </Stack>
  );
}

function WeChatWay({ picture, onEnter, onSecondStep }: Props & { picture: string | null | undefined }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [{ data, error, fetching }, signIn] = useMutation(WeChatSignInDocument);
  const fault = data?.sessionWeChatCreate.userErrors[0]?.message ?? error?.message;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = (await signIn({ code: code.trim() })).data?.sessionWeChatCreate;
    if (answer?.viewer) await onEnter();
    else if (answer?.twoFactorRequired) onSecondStep();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="xs">
        <TextInput label={t('signIn.wechatCode')} description={picture && <Anchor href={picture} target="_blank" rel="noreferrer" size="xs">{t('signIn.wechatPicture')}</Anchor>} value={code}
          onChange={(event) => setCode(event.currentTarget.value)} error={fault} />
        <Button type="submit" variant="default" loading={fetching}>{t('signIn.with', { name: identityNames.WECHAT })}</Button>
      </Stack>
    </form>
  );
}
