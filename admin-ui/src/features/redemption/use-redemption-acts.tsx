/** What can be done with codes, by pointer and by key. Refusals come up as notices. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { RedemptionsQuery } from '../../gql/graphql.ts';
import { showRefusals } from '../../ui/toast.ts';
import { RedemptionDeleteDocument, RedemptionDeleteInvalidDocument, RedemptionSetStatusDocument } from './redemption.documents.ts';

export type RedemptionRow = RedemptionsQuery['redemptions']['nodes'][number];

export interface RedemptionActs {
  toggle: (code: RedemptionRow) => void;
  remove: (code: RedemptionRow) => void;
  removeInvalid: () => void;
}

const context = { additionalTypenames: ['Redemption'] };

export function useRedemptionActs(): RedemptionActs {
  const { t } = useTranslation();
  const client = useClient();
  return useMemo(() => {
    const setStatus = async ({ id, status }: RedemptionRow) => {
      const { data, error } = await client.mutation(RedemptionSetStatusDocument, { id, status: status === 'ENABLED' ? 'DISABLED' : 'ENABLED' }).toPromise();
      showRefusals(data?.redemptionSetStatus.userErrors, error);
    };
    const erase = async (id: string) => {
      const { data, error } = await client.mutation(RedemptionDeleteDocument, { id }, context).toPromise();
      showRefusals(data?.redemptionDelete.userErrors, error);
    };
    const eraseInvalid = async () => {
      const { data, error } = await client.mutation(RedemptionDeleteInvalidDocument, {}, context).toPromise();
      showRefusals(data?.redemptionDeleteInvalid.userErrors, error);
    };
    const ask = (title: string, onConfirm: () => void) => modals.openConfirmModal({
      title, children: <Text size="sm">{t('redemption.deleteAbout')}</Text>, labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' }, onConfirm,
    });
    return {
      toggle: (code) => { if (code.status !== 'USED') void setStatus(code); },
      remove: ({ id, name }) => ask(t('redemption.deleteTitle', { name }), () => void erase(id)),
      removeInvalid: () => ask(t('redemption.clearTitle'), () => void eraseInvalid()),
    };
  }, [client, t]);
}
