/** What can be done with one row, by pointer and by key. Refusals come up as notices. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { showRefusals } from '../../ui/toast.ts';
import type { ModelRow } from './model-form.ts';
import { ModelDeleteDocument, ModelSetEnabledDocument } from './model.documents.ts';

export interface ModelActs {
  edit: (model: ModelRow) => void;
  toggle: (model: ModelRow) => void;
  remove: (model: ModelRow) => void;
}

export function useModelActs(edit: (model: ModelRow) => void): ModelActs {
  const { t } = useTranslation();
  const client = useClient();
  return useMemo(() => {
    const show = async ({ id, enabled }: ModelRow) => {
      const { data, error } = await client.mutation(ModelSetEnabledDocument, { id, enabled: !enabled }).toPromise();
      showRefusals(data?.modelSetEnabled.userErrors, error);
    };
    const erase = async (id: string) => {
      const { data, error } = await client.mutation(ModelDeleteDocument, { id }, { additionalTypenames: ['ModelMeta'] }).toPromise();
      showRefusals(data?.modelDelete.userErrors, error);
    };
    const remove = ({ id, name }: ModelRow) => modals.openConfirmModal({
      title: t('model.deleteTitle', { name }), children: <Text size="sm">{t('model.deleteAbout')}</Text>,
      labels: { confirm: t('action.delete'), cancel: t('action.cancel') }, confirmProps: { color: 'red' }, onConfirm: () => void erase(id),
    });
    return { edit, toggle: (model) => void show(model), remove };
  }, [client, t, edit]);
}
