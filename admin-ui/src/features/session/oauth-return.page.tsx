import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DoorPage } from '../../ui/door-page.tsx';
import { RequestFault } from '../../ui/states.tsx';
import { identityNames, oauthSlugs } from './identity-names.ts';
import { SecondStep } from './second-step.tsx';
import { useStandingChange } from './use-standing-change.ts';
import { OAuthFinishDocument } from './ways.documents.ts';

/** Code and state, taken out of the address bar: they are good once, and nobody should copy them. */
function takeReturn(): { code: string; state: string; refused: boolean } {
  const query = new URLSearchParams(window.location.search), of = (name: string) => query.get(name) ?? '';
  window.history.replaceState(null, '', window.location.pathname);
  return { code: of('code'), state: of('state'), refused: query.has('error') };
}

/** Where a browser comes back to from a provider. */
export function OAuthReturnPage() {
  const { t } = useTranslation();
  const { provider: slug } = useParams({ from: '/oauth/$provider' });
  const provider = oauthSlugs[slug], name = provider ? identityNames[provider] : slug;
  const navigate = useNavigate(), enter = useStandingChange();
  const [back] = useState(takeReturn);
  const [{ data, error }, finish] = useMutation(OAuthFinishDocument);
  const begun = useRef(false);
  useEffect(() => {
    // Once, also where React runs effects twice: the state is good for one call.
    if (begun.current || !provider || back.refused) return;
    begun.current = true;
    void finish({ provider, code: back.code, state: back.state }).then(async (answer) => {
      if (answer.data?.oauthFinish.bound) await navigate({ to: '/settings/security', replace: true });
      else if (answer.data?.oauthFinish.viewer) await enter();
    });
  }, [provider, back, finish, navigate, enter]);
  const outcome = data?.oauthFinish, refusal = outcome?.userErrors[0]?.message ?? (!provider || back.refused ? t('signIn.providerRefused', { name }) : undefined);
  return (
    <DoorPage title={t('signIn.with', { name })}>
      {outcome?.twoFactorRequired ? <SecondStep onEnter={enter} onLeave={() => void navigate({ to: '/sign-in' })} /> : (
        <Stack>
          {refusal && <Alert color="red" role="alert">{refusal}</Alert>}
          {error && <RequestFault error={error} />}
          {refusal || error ? <Button component={Link} to="/" variant="default">{t('signIn.back')}</Button> : <Text role="status"><Loader size="xs" /> {t('signIn.returning', { name })}</Text>}
        </Stack>
      )}
    </DoorPage>
  );
}
