import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Begun { options?: unknown; userErrors: readonly { message: string }[] }
interface Finished { userErrors: readonly { message: string }[] }

export interface PasskeyCeremony {
  begin: () => Promise<Begun | undefined>;
  finish: (response: unknown) => Promise<Finished | undefined>;
}

/** Runs a passkey ceremony: the server's options, the browser's dialog, the server's check. Resolves to whether it passed. */
export function usePasskey(kind: 'get' | 'create', { begin, finish }: PasskeyCeremony) {
  const { t } = useTranslation();
  const [state, setState] = useState<{ running: boolean; fault?: string }>({ running: false });
  const run = useCallback(async (): Promise<boolean> => {
    setState({ running: true });
    const fault = await attempt(kind, { begin, finish }, t('signIn.passkeyFailed'));
    setState(fault === undefined ? { running: false } : { running: false, fault });
    return fault === undefined;
  }, [kind, begin, finish, t]);
  return { ...state, run };
}

/** What went wrong, in words; undefined when nothing did. */
async function attempt(kind: 'get' | 'create', { begin, finish }: PasskeyCeremony, failed: string): Promise<string | undefined> {
  const begun = await begin();
  if (!begun || begun.userErrors.length) return begun?.userErrors[0]?.message ?? failed;
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser');
  let response: unknown;
  try {
    response = kind === 'get'
      ? await startAuthentication({ optionsJSON: begun.options as Parameters<typeof startAuthentication>[0]['optionsJSON'] })
      : await startRegistration({ optionsJSON: begun.options as Parameters<typeof startRegistration>[0]['optionsJSON'] });
  } catch {
    return failed;                                       // cancelled, timed out, or no such key here: browsers do not say which
  }
  const finished = await finish(response);
  return finished ? finished.userErrors[0]?.message : failed;
}
