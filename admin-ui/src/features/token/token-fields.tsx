import { Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { formatCount, formatQuota, readAmount } from '../../ui/format.ts';
import { useViewer } from '../session/viewer.ts';
import type { TokenForm } from './token-form.ts';

export function TokenFields({ form: { control, register, watch, formState: { errors } } }: { form: UseFormReturn<TokenForm> }) {
  const { t } = useTranslation();
  const { quotaPerUnit } = useViewer();
  return (
    <>
      <TextInput label={t('token.name')} withAsterisk data-autofocus autoComplete="off" error={errors.name?.message} {...register('name', { required: t('form.required') })} />
      <Controller control={control} name="unlimited" render={({ field: { value, ...field } }) => (
        <Switch label={t('token.unlimited')} description={t('token.unlimitedAbout')} checked={value} {...field} />
      )} />
      {!watch('unlimited') && (
        <>
          <TextInput label={t('token.quota')} description={t('token.quotaAbout')} autoComplete="off" error={errors.quota?.message}
            {...register('quota', { validate: (text) => readAmount(text, quotaPerUnit) !== undefined || t('token.quotaWrong') })} />
          <BothReadings amount={watch('quota')} />
        </>
      )}
      <TextInput type="datetime-local" label={t('token.expires')} description={t('token.expiresAbout')} error={errors.expiresAt?.message} {...register('expiresAt')} />
      <Controller control={control} name="limitModels" render={({ field: { value, ...field } }) => <Switch label={t('token.limitModels')} checked={value} {...field} />} />
      {watch('limitModels') && (
        <Controller control={control} name="models" render={({ field }) => (
          <TagsInput label={t('token.models')} description={t('token.modelsAbout')} splitChars={[',', ' ', '\n']} acceptValueOnBlur error={errors.models?.message} {...field} />
        )} />
      )}
      <Textarea label={t('token.allowIps')} description={t('token.allowIpsAbout')} autosize minRows={1} spellCheck={false} error={errors.allowIps?.message} {...register('allowIps')} />
    </>
  );
}

/** An amount as money and as quota, before it is saved. */
function BothReadings({ amount }: { amount: string }) {
  const { t, i18n: { language } } = useTranslation();
  const { quotaPerUnit } = useViewer();
  const quota = readAmount(amount, quotaPerUnit);
  return quota === undefined ? null : <Text size="sm" c="dimmed">{t('token.bothReadings', { money: formatQuota(quota, quotaPerUnit, language), quota: formatCount(quota, language) })}</Text>;
}
