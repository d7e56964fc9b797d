import { TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import { useRefusals } from '../../ui/form-errors.ts';
import { readAmount } from '../../ui/format.ts';
import { useActKey } from '../account/use-act-key.ts';
import { useViewer } from '../session/viewer.ts';
import { RedemptionBatchCreateDocument } from './redemption.documents.ts';

interface Form { name: string; count: string; quota: string; expiresAt: string }
const fieldNames = ['name', 'count', 'quota', 'expiresAt'] as const;

/** Makes codes; the same click twice makes them once. */
export function RedemptionEditor({ onClose, onCreated }: { onClose: () => void; onCreated: (codes: readonly string[]) => void }) {
  const { t } = useTranslation();
  const { quotaPerUnit } = useViewer();
  const { key, next } = useActKey();
  const form = useForm<Form>({ defaultValues: { name: '', count: '1', quota: '5', expiresAt: '' } });
  const { register, formState: { errors, isDirty } } = form;
  const { placed, take } = useRefusals<Form>(fieldNames, form.setError);
  const [{ fetching, error }, create] = useMutation(RedemptionBatchCreateDocument);
  const submit = form.handleSubmit(async ({ name, count, quota, expiresAt }) => {
    const input = { name, count: Number(count), quota: readAmount(quota, quotaPerUnit)!, expiresAt: expiresAt ? new Date(expiresAt).toISOString() : null };
    const { data } = await create({ input, idempotencyKey: key }, { additionalTypenames: ['Redemption'] });
    if (data) next();
    if (data && take(data.redemptionBatchCreate.userErrors)) onCreated(data.redemptionBatchCreate.codes);
  });
  const isAmount = (text: string) => Number(readAmount(text, quotaPerUnit) ?? 0) > 0 || t('redemption.quotaWrong');
  const isCount = (text: string) => (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100) || t('redemption.countWrong');
  return (
    <EditDrawer title={t('redemption.add')} act="create" dirty={isDirty} saving={fetching} placed={placed} fault={error} onSubmit={(event) => void submit(event)} onClose={onClose} onReload={onClose}>
      <TextInput label={t('redemption.name')} withAsterisk data-autofocus autoComplete="off" maxLength={20} error={errors.name?.message} {...register('name', { required: t('form.required') })} />
      <TextInput label={t('redemption.count')} withAsterisk inputMode="numeric" autoComplete="off" error={errors.count?.message} {...register('count', { validate: isCount })} />
      <TextInput label={t('redemption.quota')} description={t('redemption.quotaAbout')} withAsterisk autoComplete="off" error={errors.quota?.message} {...register('quota', { validate: isAmount })} />
      <TextInput type="datetime-local" label={t('redemption.expires')} description={t('redemption.expiresAbout')} error={errors.expiresAt?.message} {...register('expiresAt')} />
    </EditDrawer>
  );
}
