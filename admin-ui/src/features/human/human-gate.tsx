import { Alert } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { RegistrationDocument } from '../registration/registration.documents.ts';
import { loadWidget } from './widget.ts';

/** `onAnswer` gets what the form must send along; null when it has expired. */
interface Props { onAnswer: (answer: string | null) => void }

/** Asks whether a person sits here, where the site wants to know; nothing at all elsewhere. */
export function HumanGate({ onAnswer }: Props) {
  const [{ data }] = useQuery({ query: RegistrationDocument });
  const { captchaSiteKey, captchaScript } = data?.site.registration ?? {};
  return captchaSiteKey && captchaScript ? <Check siteKey={captchaSiteKey} source={captchaScript} onAnswer={onAnswer} /> : null;
}

function Check({ siteKey, source, onAnswer }: Props & { siteKey: string; source: string }) {
  const { t, i18n: { language } } = useTranslation();
  const target = useRef<HTMLDivElement>(null), answered = useRef(onAnswer), [isMissing, setMissing] = useState(false);
  answered.current = onAnswer;
  useEffect(() => {
    let remove: (() => void) | undefined, isGone = false;
    const show = async () => {
      const widget = await loadWidget(source);
      if (isGone || !target.current) return;
      const id = widget.render(target.current, { sitekey: siteKey, language, callback: (answer) => answered.current(answer), 'expired-callback': () => answered.current(null) });
      remove = () => widget.remove(id);
    };
    show().catch(() => setMissing(true));
    return () => { isGone = true; remove?.(); };
  }, [siteKey, source, language]);
  return <>{isMissing && <Alert color="red" role="alert">{t('human.missing')}</Alert>}<div ref={target} data-testid="human-check" /></>;
}
