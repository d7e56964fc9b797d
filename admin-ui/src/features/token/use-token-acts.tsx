/** What can be done with one token from its row, by pointer and by key. Refusals come up as notices. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { showRefusals } from '../../ui/toast.ts';
import type { TokenRow } from './token-form.ts';
import { TokenDeleteDocument, TokenSetStatusDocument } from './token.documents.ts';

export interface TokenActs {
  edit: (token: TokenRow) => void;
  toggle: (token: TokenRow) => void;
  remove: (token: TokenRow) => void;
}

export function useTokenActs(edit: (token: TokenRow) => void): TokenActs {
  const { t } = useTranslation();
  const client = useClient();
  return useMemo(() => {
    const setStatus = async ({ id, status }: TokenRow) => {
      const { data, error } = await client.mutation(TokenSetStatusDocument, { id, status: status === 'ENABLED' ? 'DISABLED' : 'ENABLED' }).toPromise();
      showRefusals(data?.tokenSetStatus.userErrors, error);
    };
    const erase = async (id: string) => {
      const { data, error } = await client.mutation(TokenDeleteDocument, { id }, { additionalTypenames: ['Token'] }).toPromise();
      showRefusals(data?.tokenDelete.userErrors, error);
    };
    const remove = ({ id, name }: TokenRow) => modals.openConfirmModal({
      title: t('token.deleteTitle', { name }), children: <Text size="sm">{t('token.deleteAbout')}</Text>,
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' }, onConfirm: () => void erase(id),
    });
    return { edit, toggle: (token) => void setStatus(token), remove };
  }, [client, t, edit]);
}
