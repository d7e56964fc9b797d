import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { AccountQuery } from '../../gql/graphql.ts';
import { formatQuota } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { showRefusals } from '../../ui/toast.ts';
import { HumanGate } from '../human/human-gate.tsx';
import { useViewer } from '../session/viewer.ts';
import { CheckInDocument } from './account.documents.ts';

type State = NonNullable<AccountQuery['viewer']>['checkIns'];

export function CheckInSection({ state, onChange }: { state: State; onChange: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  const [{ fetching }, checkIn] = useMutation(CheckInDocument);
  const [captcha, setCaptcha] = useState<string | null>(null);
  const act = async () => {
    const { data, error } = await checkIn({ captcha });
    if (showRefusals(data?.checkIn.userErrors, error)) onChange();
  };
  const range = { from: formatQuota(state.minQuota, quotaPerUnit, language), to: formatQuota(state.maxQuota, quotaPerUnit, language) };
  return (
    <Section title={t('account.checkIn')} about={t('account.checkInAbout', range)}
      actions={<Button loading={fetching} disabled={state.today} onClick={() => void act()}>{t(state.today ? 'account.checkedIn' : 'account.checkIn')}</Button>}>
      {!state.today && <HumanGate onAnswer={setCaptcha} />}
      <Text size="sm">{t('account.streak', { count: state.streak })}</Text>
    </Section>
  );
}
